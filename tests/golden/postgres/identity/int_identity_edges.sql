-- include/sql/identity/int_identity_edges.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT DISTINCT
    LEAST(ones.node_id, others.node_id) AS left_id,
    GREATEST(ones.node_id, others.node_id) AS right_id
  FROM int_identity_pairs AS pairs
  INNER JOIN int_identity_ranks AS ones
    ON pairs.left_key = ones.node_key
  INNER JOIN int_identity_ranks AS others
    ON pairs.right_key = others.node_key
)
SELECT
  *
FROM final
