-- include/sql/audits/audit_charges_without_customer.sql, as spark reads it; python -m regulars docs
WITH failures AS (
  SELECT
    store_id,
    cost_kind,
    currency_code,
    CAST(SUM(row_count) AS BIGINT) AS row_count,
    CAST(SUM(cost_minor) AS BIGINT) AS cost_minor
  FROM fct_store_costs
  WHERE
    cost_kind IN ('incentive_without_customer', 'credit_without_customer')
  GROUP BY
    store_id,
    cost_kind,
    currency_code
)
SELECT
  *
FROM failures
