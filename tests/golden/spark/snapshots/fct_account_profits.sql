-- include/sql/snapshots/fct_account_profits.sql, as spark reads it; python -m regulars docs
WITH billed AS (
  SELECT
    int_order_accounts.account_id,
    fct_orders.currency_code,
    fct_orders.is_paid,
    fct_orders.net_sales_minor,
    fct_orders.cm2_minor,
    ref_snapshot_dates.snapshot_date
  FROM int_order_accounts
  INNER JOIN fct_orders
    ON int_order_accounts.order_key = fct_orders.order_key
  INNER JOIN ref_snapshot_dates
    ON fct_orders.business_date <= ref_snapshot_dates.snapshot_date
    AND DATEDIFF(DAY, fct_orders.business_date, ref_snapshot_dates.snapshot_date) < :curve_days
  WHERE
    ref_snapshot_dates.snapshot_date >= :first_date
    AND ref_snapshot_dates.snapshot_date <= :last_date
), own AS (
  SELECT
    account_id,
    currency_code,
    snapshot_date,
    COUNT(*) FILTER(WHERE
      is_paid) AS order_count,
    SUM(net_sales_minor) AS net_sales_minor,
    SUM(cm2_minor) AS cm2_minor
  FROM billed
  GROUP BY
    account_id,
    currency_code,
    snapshot_date
), houses AS (
  SELECT
    int_account_customers.root_account_id,
    own.currency_code,
    own.snapshot_date,
    SUM(own.order_count) AS order_count,
    SUM(own.net_sales_minor) AS net_sales_minor,
    SUM(own.cm2_minor) AS cm2_minor
  FROM own
  INNER JOIN int_account_customers
    ON own.account_id = int_account_customers.account_id
  GROUP BY
    int_account_customers.root_account_id,
    own.currency_code,
    own.snapshot_date
), final AS (
  SELECT
    accounts.account_id,
    accounts.root_account_id,
    houses.currency_code,
    CAST(COALESCE(own.order_count, 0) AS BIGINT) AS order_count,
    CAST(COALESCE(own.net_sales_minor, 0) AS BIGINT) AS net_sales_minor,
    CAST(COALESCE(own.cm2_minor, 0) AS BIGINT) AS cm2_minor,
    CAST(houses.order_count AS BIGINT) AS house_order_count,
    CAST(houses.net_sales_minor AS BIGINT) AS house_net_sales_minor,
    CAST(houses.cm2_minor AS BIGINT) AS house_cm2_minor,
    houses.snapshot_date
  FROM houses
  INNER JOIN int_account_customers AS accounts
    ON houses.root_account_id = accounts.root_account_id
  LEFT JOIN own
    ON accounts.account_id = own.account_id
    AND houses.currency_code = own.currency_code
    AND houses.snapshot_date = own.snapshot_date
)
SELECT
  *
FROM final
