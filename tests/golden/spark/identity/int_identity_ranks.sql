-- include/sql/identity/int_identity_ranks.sql, as spark reads it; python -m regulars docs
WITH touched AS (
  SELECT
    pairs.left_key,
    pairs.right_key,
    pairs.left_seen_on,
    pairs.right_seen_on
  FROM int_identity_pairs AS pairs
  INNER JOIN int_identity_touched
    ON pairs.left_key = int_identity_touched.node_key
), nodes AS (
  SELECT
    left_key AS node_key,
    left_seen_on AS seen_on
  FROM touched
  UNION
  SELECT
    right_key,
    right_seen_on
  FROM touched
), final AS (
  SELECT
    node_key,
    CAST(ROW_NUMBER() OVER (
      ORDER BY seen_on NULLS LAST, CASE WHEN STARTSWITH(node_key, 'c_') THEN 0 ELSE 1 END NULLS LAST, node_key NULLS LAST
    ) AS BIGINT) AS node_id
  FROM nodes
)
SELECT
  *
FROM final
