-- include/sql/identity/ops_identity_hops.sql, as postgres reads it; python -m regulars docs
WITH both_ways AS (
  SELECT
    left_id AS node_id,
    right_id AS neighbour_id
  FROM ops_identity_edges
  UNION ALL
  SELECT
    right_id,
    left_id
  FROM ops_identity_edges
), lowest AS (
  SELECT
    node_id,
    LEAST(node_id, MIN(neighbour_id)) AS target_id
  FROM both_ways
  GROUP BY
    node_id
), final AS (
  SELECT
    lowest.node_id,
    further.target_id
  FROM lowest
  INNER JOIN lowest AS further
    ON lowest.target_id = further.node_id
)
SELECT
  *
FROM final
