-- include/sql/audits/audit_reconciliation_gap.sql, as spark reads it; python -m regulars docs
WITH failures AS (
  SELECT
    store_id,
    business_date,
    currency_code,
    ledger_minor,
    recon_delta_minor
  FROM fct_reconciliation
  WHERE
    ABS(recon_delta_minor) * 1000 > ABS(ledger_minor)
)
SELECT
  *
FROM failures
