-- include/sql/audits/audit_missing_rates.sql, as spark reads it; python -m regulars docs
WITH failures AS (
  SELECT
    business_date,
    missing_rate_currency_count,
    missing_rate_order_count
  FROM fct_group_days
  WHERE
    NOT is_complete
)
SELECT
  *
FROM failures
