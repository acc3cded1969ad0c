-- include/sql/marts/dim_accounts.sql, as postgres reads it; python -m regulars docs
WITH orders AS (
  SELECT
    int_order_accounts.account_id,
    COUNT(DISTINCT stg_orders.store_id) AS store_count,
    COUNT(DISTINCT COALESCE(ops_identity_map.customer_key, stg_orders.customer_key)) AS orderer_count
  FROM int_order_accounts
  INNER JOIN stg_orders
    ON int_order_accounts.order_key = stg_orders.order_key
  LEFT JOIN ops_identity_map
    ON stg_orders.customer_key = ops_identity_map.node_key
  GROUP BY
    int_order_accounts.account_id
), employees AS (
  SELECT
    int_profiles.account_id,
    COUNT(*) AS employee_count
  FROM int_profiles
  INNER JOIN int_account_customers
    ON int_profiles.account_id = int_account_customers.account_id
    AND int_profiles.customer_key <> int_account_customers.customer_key
  GROUP BY
    int_profiles.account_id
), invoices AS (
  SELECT
    account_id,
    COUNT(*) AS invoice_count,
    COUNT(paid_on) AS paid_count,
    SUM((
      CAST(paid_on AS DATE) - CAST(due_on AS DATE)
    )) AS delay_days
  FROM stg_invoices
  GROUP BY
    account_id
), gathered AS (
  SELECT
    accounts.account_id,
    accounts.customer_key,
    accounts.parent_account_id,
    accounts.root_account_id,
    stg_accounts.account_owner,
    stg_accounts.payment_terms_days,
    stg_accounts.buying_mode AS stated_mode,
    CASE
      WHEN orders.store_count > 1 AND orders.orderer_count > 1
      THEN 'scattered'
      WHEN orders.store_count > 0
      THEN 'central'
    END AS observed_mode,
    COALESCE(orders.store_count, 0) AS store_count,
    COALESCE(orders.orderer_count, 0) AS orderer_count,
    COALESCE(employees.employee_count, 0) AS employee_count,
    COALESCE(invoices.invoice_count, 0) AS invoice_count,
    CAST(invoices.delay_days AS DOUBLE PRECISION) / NULLIF(invoices.paid_count, 0) AS payment_delay_days
  FROM int_account_customers AS accounts
  LEFT JOIN stg_accounts
    ON accounts.account_id = stg_accounts.account_id
  LEFT JOIN orders
    ON accounts.account_id = orders.account_id
  LEFT JOIN employees
    ON accounts.account_id = employees.account_id
  LEFT JOIN invoices
    ON accounts.account_id = invoices.account_id
), final AS (
  SELECT
    account_id,
    customer_key,
    parent_account_id,
    root_account_id,
    account_owner,
    payment_terms_days,
    COALESCE(stated_mode, observed_mode) AS buying_mode,
    CASE
      WHEN NOT stated_mode IS NULL
      THEN 'stated'
      WHEN NOT observed_mode IS NULL
      THEN 'observed'
    END AS buying_mode_source,
    CAST(store_count AS BIGINT) AS store_count,
    CAST(orderer_count AS BIGINT) AS orderer_count,
    CAST(employee_count AS BIGINT) AS employee_count,
    CAST(invoice_count AS BIGINT) AS invoice_count,
    CAST(payment_delay_days AS DOUBLE PRECISION) AS payment_delay_days
  FROM gathered
)
SELECT
  *
FROM final
