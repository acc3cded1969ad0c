-- include/sql/identity/fct_identity_moves.sql, as spark reads it; python -m regulars docs
WITH compared AS (
  SELECT
    assigned.node_key,
    COALESCE(ops_identity_map.customer_key, assigned.node_key) AS customer_key_before,
    assigned.customer_key
  FROM int_identity_assigned AS assigned
  LEFT JOIN ops_identity_map
    ON assigned.node_key = ops_identity_map.node_key
), moved AS (
  SELECT
    compared.node_key,
    compared.customer_key_before,
    compared.customer_key
  FROM compared
  INNER JOIN int_customers
    ON compared.customer_key_before = int_customers.customer_key
  WHERE
    compared.customer_key_before <> compared.customer_key
    AND (
      STARTSWITH(compared.node_key, 'c_')
      OR compared.node_key = compared.customer_key_before
    )
), ends AS (
  SELECT
    left_key AS node_key,
    reason,
    is_added
  FROM int_identity_changes
  UNION
  SELECT
    right_key,
    reason,
    is_added
  FROM int_identity_changes
), reasons AS (
  SELECT DISTINCT
    compared.customer_key,
    CASE WHEN ends.is_added THEN '+' ELSE '-' END || ends.reason AS reason
  FROM ends
  INNER JOIN compared
    ON ends.node_key = compared.node_key
), worded AS (
  SELECT
    customer_key,
    LISTAGG(reason, ' ') WITHIN GROUP (ORDER BY
      reason NULLS LAST) AS evidence
  FROM reasons
  GROUP BY
    customer_key
), earlier AS (
  SELECT
    reference_key,
    customer_key_before,
    customer_key,
    evidence
  FROM fct_identity_moves
  WHERE
    business_date = :business_date
), today AS (
  SELECT
    COALESCE(earlier.reference_key, moved.node_key) AS reference_key,
    COALESCE(earlier.customer_key_before, moved.customer_key_before) AS customer_key_before,
    COALESCE(moved.customer_key, earlier.customer_key) AS customer_key,
    COALESCE(worded.evidence, earlier.evidence, '') AS evidence,
    CAST(:business_date AS DATE) AS business_date
  FROM moved
  LEFT JOIN worded
    ON moved.customer_key = worded.customer_key
  FULL OUTER JOIN earlier
    ON moved.node_key = earlier.reference_key
), final AS (
  SELECT
    reference_key,
    customer_key_before,
    customer_key,
    evidence,
    business_date
  FROM today
  WHERE
    customer_key_before <> customer_key
  UNION ALL
  SELECT
    reference_key,
    customer_key_before,
    customer_key,
    evidence,
    business_date
  FROM fct_identity_moves
  WHERE
    business_date <> :business_date
)
SELECT
  *
FROM final
