-- include/sql/intermediate/int_order_accounts.sql, as postgres reads it; python -m regulars docs
WITH signed AS (
  SELECT DISTINCT
    order_key
  FROM stg_payments
  WHERE
    tender = 'house_account'
), billed AS (
  SELECT
    stg_orders.order_key,
    COALESCE(stg_orders.account_id, stg_customers.account_id) AS account_id,
    stg_orders.account_id IS NULL AS is_signed_for
  FROM stg_orders
  LEFT JOIN signed
    ON stg_orders.order_key = signed.order_key
  LEFT JOIN stg_customers
    ON stg_orders.customer_key = stg_customers.customer_key
  WHERE
    NOT stg_orders.account_id IS NULL OR NOT signed.order_key IS NULL
), final AS (
  SELECT
    billed.order_key,
    billed.account_id,
    int_account_customers.customer_key,
    billed.is_signed_for
  FROM billed
  INNER JOIN int_account_customers
    ON billed.account_id = int_account_customers.account_id
)
SELECT
  *
FROM final
