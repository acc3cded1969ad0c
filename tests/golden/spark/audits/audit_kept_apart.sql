-- include/sql/audits/audit_kept_apart.sql, as spark reads it; python -m regulars docs
WITH pairs AS (
  SELECT
    overrides.override_id,
    overrides.other_key,
    COALESCE(ones.customer_key, overrides.customer_key) AS customer_key,
    COALESCE(others.customer_key, overrides.other_key) AS other_customer_key
  FROM int_identity_overrides AS overrides
  LEFT JOIN ops_identity_map AS ones
    ON overrides.customer_key = ones.node_key
  LEFT JOIN ops_identity_map AS others
    ON overrides.other_key = others.node_key
  WHERE
    overrides.override_kind = 'different_customer'
), failures AS (
  SELECT
    override_id,
    customer_key
  FROM pairs
  WHERE
    customer_key = other_customer_key
)
SELECT
  *
FROM failures
