-- include/sql/actions/act_visits.sql, as spark reads it; python -m regulars docs
WITH summed AS (
  SELECT
    customer_key,
    SUM(visit_count) AS visits,
    SUM(order_count) AS orders,
    SUM(cm2_minor) AS cm2_minor,
    SUM(cm3_minor) AS cm3_minor,
    SUM(platform_order_count) AS platform_orders,
    SUM(catering_order_count) AS catering_orders,
    SUM(busy_order_count) AS busy_orders,
    SUM(discount_minor) AS discount_minor,
    SUM(channel_cost_minor) AS channel_cost_minor,
    SUM(service_cost_minor) AS service_cost_minor
  FROM fct_customer_days
  WHERE
    currency_code = :group_currency
    AND business_date <= :business_date
    AND DATEDIFF(DAY, business_date, CAST(:business_date AS DATE)) < :curve_days
  GROUP BY
    customer_key
), everybody AS (
  SELECT
    CAST(FLOOR(CAST(SUM(cm2_minor) AS DOUBLE) / NULLIF(SUM(visits), 0)) AS BIGINT) AS visit_cm2_minor,
    CAST(FLOOR(CAST(SUM(cm3_minor) AS DOUBLE) / NULLIF(SUM(orders), 0)) AS BIGINT) AS order_cm3_minor
  FROM summed
), final AS (
  SELECT
    known.customer_key,
    COALESCE(
      CAST(FLOOR(CAST(summed.cm2_minor AS DOUBLE) / NULLIF(summed.visits, 0)) AS BIGINT),
      everybody.visit_cm2_minor,
      0
    ) AS visit_cm2_minor,
    COALESCE(
      CAST(FLOOR(CAST(summed.cm3_minor AS DOUBLE) / NULLIF(summed.orders, 0)) AS BIGINT),
      everybody.order_cm3_minor,
      0
    ) AS order_cm3_minor,
    CASE
      WHEN summed.platform_orders * 2 > summed.orders
      THEN 'platform'
      WHEN summed.catering_orders * 2 > summed.orders
      THEN 'catering'
      WHEN summed.orders > 0
      THEN 'own'
    END AS main_channel,
    CAST(COALESCE(summed.orders, 0) AS BIGINT) AS order_count,
    CAST(COALESCE(summed.busy_orders, 0) AS BIGINT) AS busy_order_count,
    CAST(COALESCE(summed.discount_minor, 0) AS BIGINT) AS discount_minor,
    CAST(COALESCE(summed.channel_cost_minor, 0) AS BIGINT) AS channel_cost_minor,
    CAST(COALESCE(summed.service_cost_minor, 0) AS BIGINT) AS service_cost_minor
  FROM int_customers AS known
  LEFT JOIN summed
    ON known.customer_key = summed.customer_key
  CROSS JOIN everybody
)
SELECT
  *
FROM final
