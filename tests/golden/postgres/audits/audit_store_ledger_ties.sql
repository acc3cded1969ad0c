-- include/sql/audits/audit_store_ledger_ties.sql, as postgres reads it; python -m regulars docs
WITH sold AS (
  SELECT
    store_id,
    business_date,
    currency_code,
    CAST(SUM(net_sales_minor) AS BIGINT) AS net_sales_minor,
    CAST(SUM(ledger_minor) AS BIGINT) AS ledger_minor
  FROM fct_orders
  GROUP BY
    store_id,
    business_date,
    currency_code
), failures AS (
  SELECT
    COALESCE(told.store_id, sold.store_id) AS store_id,
    COALESCE(told.business_date, sold.business_date) AS business_date,
    told.ledger_minor,
    sold.net_sales_minor
  FROM fct_reconciliation AS told
  FULL OUTER JOIN sold
    ON told.store_id = sold.store_id
    AND told.business_date = sold.business_date
    AND told.currency_code = sold.currency_code
  WHERE
    told.store_id IS NULL
    OR told.ledger_minor <> told.identified_minor + told.unidentified_minor + told.unallocated_minor + told.recon_delta_minor
    OR told.identified_minor + told.unidentified_minor <> COALESCE(sold.net_sales_minor, 0)
    OR told.ledger_minor - told.unallocated_minor <> COALESCE(sold.ledger_minor, 0)
)
SELECT
  *
FROM failures
