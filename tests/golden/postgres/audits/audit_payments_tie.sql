-- include/sql/audits/audit_payments_tie.sql, as postgres reads it; python -m regulars docs
WITH failures AS (
  SELECT
    store_id,
    business_date,
    currency_code,
    payment_delta_minor
  FROM fct_reconciliation
  WHERE
    payment_delta_minor <> 0
)
SELECT
  *
FROM failures
