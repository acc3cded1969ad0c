-- include/sql/audits/audit_ledger_ties.sql, as spark reads it; python -m regulars docs
WITH customers AS (
  SELECT
    business_date,
    currency_code,
    CAST(SUM(net_sales_minor) AS BIGINT) AS customer_minor
  FROM fct_customer_days
  GROUP BY
    business_date,
    currency_code
), ledger AS (
  SELECT
    business_date,
    currency_code,
    CAST(SUM(ledger_minor) AS BIGINT) AS ledger_minor,
    CAST(SUM(unidentified_minor + unallocated_minor + recon_delta_minor) AS BIGINT) AS other_minor
  FROM fct_reconciliation
  GROUP BY
    business_date,
    currency_code
), failures AS (
  SELECT
    COALESCE(ledger.business_date, customers.business_date) AS business_date,
    COALESCE(ledger.currency_code, customers.currency_code) AS currency_code,
    COALESCE(ledger.ledger_minor, 0) AS ledger_minor,
    COALESCE(customers.customer_minor, 0) + COALESCE(ledger.other_minor, 0) AS explained_minor
  FROM ledger
  FULL OUTER JOIN customers
    ON ledger.business_date = customers.business_date
    AND ledger.currency_code = customers.currency_code
  WHERE
    COALESCE(ledger.ledger_minor, 0) <> COALESCE(customers.customer_minor, 0) + COALESCE(ledger.other_minor, 0)
)
SELECT
  *
FROM failures
