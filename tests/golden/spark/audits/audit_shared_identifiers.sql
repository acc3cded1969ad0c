-- include/sql/audits/audit_shared_identifiers.sql, as spark reads it; python -m regulars docs
WITH failures AS (
  SELECT
    node_key,
    carrier_count,
    why_not
  FROM ops_barred_identifiers
  WHERE
    why_not = 'shared'
)
SELECT
  *
FROM failures
