-- include/sql/actions/act_fraud_flags.sql, as spark reads it; python -m regulars docs
WITH orders AS (
  SELECT
    orders.customer_key,
    orders.business_date,
    orders.channel,
    ref_stores.city
  FROM fct_orders AS orders
  LEFT JOIN ref_stores
    ON orders.store_id = ref_stores.store_id
  WHERE
    orders.is_paid
    AND NOT orders.customer_key IS NULL
    AND orders.account_id IS NULL
    AND orders.business_date <= :business_date
    AND DATEDIFF(DAY, orders.business_date, CAST(:business_date AS DATE)) < :fraud_days
), frequent AS (
  SELECT
    'many_orders' AS exception_code,
    customer_key,
    CAST(COUNT(*) AS DOUBLE) AS measured_ratio,
    CAST(:many_orders AS DOUBLE) AS limit_ratio
  FROM orders
  GROUP BY
    customer_key
  HAVING
    COUNT(*) >= :many_orders
), travelled AS (
  SELECT
    customer_key,
    business_date,
    COUNT(DISTINCT city) AS city_count
  FROM orders
  WHERE
    channel IN ('dine_in', 'takeaway')
  GROUP BY
    customer_key,
    business_date
), distant AS (
  SELECT
    'distant_stores' AS exception_code,
    customer_key,
    CAST(MAX(city_count) AS DOUBLE) AS measured_ratio,
    CAST(1 AS DOUBLE) AS limit_ratio
  FROM travelled
  WHERE
    city_count > 1
  GROUP BY
    customer_key
), bought AS (
  SELECT
    customer_key,
    net_sales_minor,
    business_date,
    AVG(CAST(net_sales_minor AS DOUBLE)) OVER earlier AS usual_minor,
    COUNT(*) OVER earlier AS earlier_count
  FROM fct_customer_days
  WHERE
    visit_count > 0 AND account_order_count = 0 AND business_date <= :business_date
  WINDOW earlier AS (
    PARTITION BY customer_key, currency_code
    ORDER BY business_date NULLS LAST
    rows BETWEEN UNBOUNDED preceding AND 1 preceding
  )
), oversized AS (
  SELECT
    'own_average' AS exception_code,
    customer_key,
    MAX(net_sales_minor / NULLIF(usual_minor, 0)) AS measured_ratio,
    CAST(:own_average_multiple AS DOUBLE) AS limit_ratio
  FROM bought
  WHERE
    DATEDIFF(DAY, business_date, CAST(:business_date AS DATE)) < :fraud_days
    AND earlier_count >= :min_own_orders
    AND usual_minor > 0
    AND net_sales_minor >= usual_minor * :own_average_multiple
  GROUP BY
    customer_key
), final AS (
  SELECT
    *
  FROM frequent
  UNION ALL
  SELECT
    *
  FROM distant
  UNION ALL
  SELECT
    *
  FROM oversized
  UNION ALL
  SELECT
    exception_code,
    customer_key,
    measured_ratio,
    limit_ratio
  FROM act_point_flags
)
SELECT
  *
FROM final
