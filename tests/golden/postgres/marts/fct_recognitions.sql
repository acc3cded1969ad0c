-- include/sql/marts/fct_recognitions.sql, as postgres reads it; python -m regulars docs
WITH told AS (
  SELECT
    fct_orders.store_id,
    COALESCE(int_order_customers.evidence, 'none') AS recognised_by,
    fct_orders.currency_code,
    fct_orders.is_paid,
    fct_orders.net_sales_minor,
    fct_orders.business_date
  FROM fct_orders
  INNER JOIN int_order_customers
    ON fct_orders.order_key = int_order_customers.order_key
    AND fct_orders.business_date = int_order_customers.business_date
  WHERE
    fct_orders.business_date >= :first_date
    AND fct_orders.business_date <= :last_date
), final AS (
  SELECT
    store_id,
    recognised_by,
    currency_code,
    CAST(COUNT(*) FILTER(WHERE
      is_paid) AS BIGINT) AS order_count,
    CAST(SUM(net_sales_minor) AS BIGINT) AS net_sales_minor,
    business_date
  FROM told
  GROUP BY
    store_id,
    recognised_by,
    currency_code,
    business_date
)
SELECT
  *
FROM final
