-- include/sql/audits/audit_unknown_accounts.sql, as spark reads it; python -m regulars docs
WITH named AS (
  SELECT
    account_id,
    'orders' AS named_by
  FROM stg_orders
  UNION
  SELECT
    account_id,
    'customers' AS named_by
  FROM stg_customers
  UNION
  SELECT
    account_id,
    'invoices' AS named_by
  FROM stg_invoices
  UNION
  SELECT
    account_id,
    'reservations' AS named_by
  FROM stg_reservations
), failures AS (
  SELECT
    named.account_id,
    named.named_by
  FROM named
  LEFT JOIN int_account_customers
    ON named.account_id = int_account_customers.account_id
  WHERE
    NOT named.account_id IS NULL AND int_account_customers.account_id IS NULL
)
SELECT
  *
FROM failures
