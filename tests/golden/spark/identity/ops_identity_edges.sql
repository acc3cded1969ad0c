-- include/sql/identity/ops_identity_edges.sql, as spark reads it; python -m regulars docs
WITH moved AS (
  SELECT
    ones.target_id AS one_id,
    others.target_id AS other_id
  FROM ops_identity_edges AS edges
  INNER JOIN ops_identity_hops AS ones
    ON edges.left_id = ones.node_id
  INNER JOIN ops_identity_hops AS others
    ON edges.right_id = others.node_id
), final AS (
  SELECT DISTINCT
    LEAST(one_id, other_id) AS left_id,
    GREATEST(one_id, other_id) AS right_id
  FROM moved
  WHERE
    one_id <> other_id
)
SELECT
  *
FROM final
