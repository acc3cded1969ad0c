-- include/sql/identity/int_identity_touched.sql, as postgres reads it; python -m regulars docs
WITH ends AS (
  SELECT
    left_key AS node_key
  FROM int_identity_changes
  UNION
  SELECT
    right_key
  FROM int_identity_changes
), people AS (
  SELECT DISTINCT
    COALESCE(ops_identity_map.customer_key, ends.node_key) AS customer_key
  FROM ends
  LEFT JOIN ops_identity_map
    ON ends.node_key = ops_identity_map.node_key
), final AS (
  SELECT
    node_key
  FROM ends
  UNION
  SELECT
    customer_key
  FROM people
  UNION
  SELECT
    ops_identity_map.node_key
  FROM people
  INNER JOIN ops_identity_map
    ON people.customer_key = ops_identity_map.customer_key
)
SELECT
  *
FROM final
