-- include/sql/audits/audit_freshness.sql, as spark reads it; python -m regulars docs
WITH failures AS (
  SELECT
    source_system,
    store_id,
    business_date,
    last_business_date,
    behind_day_count
  FROM fct_freshness
  WHERE
    business_date = :business_date AND is_late
)
SELECT
  *
FROM failures
