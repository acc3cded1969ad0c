-- include/sql/intermediate/int_store_customer_days.sql, as spark reads it; python -m regulars docs
WITH orders AS (
  SELECT
    store_id,
    COALESCE(customer_key, '') AS customer_key,
    currency_code,
    CASE WHEN is_paid THEN 1 ELSE 0 END AS order_count,
    gross_minor,
    discount_minor,
    comp_minor,
    refund_minor,
    fee_income_minor,
    food_cost_minor,
    packaging_cost_minor,
    channel_cost_minor,
    payment_fee_minor,
    incentive_cost_minor,
    contact_cost_minor,
    service_cost_minor,
    complaint_cost_minor,
    acquisition_cost_minor,
    credit_cost_minor,
    business_date
  FROM fct_orders
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), charges AS (
  SELECT
    COALESCE(store_id, '') AS store_id,
    customer_key,
    currency_code,
    0 AS order_count,
    0 AS gross_minor,
    0 AS discount_minor,
    0 AS comp_minor,
    0 AS refund_minor,
    0 AS fee_income_minor,
    0 AS food_cost_minor,
    0 AS packaging_cost_minor,
    0 AS channel_cost_minor,
    0 AS payment_fee_minor,
    incentive_cost_minor,
    contact_cost_minor,
    0 AS service_cost_minor,
    0 AS complaint_cost_minor,
    acquisition_cost_minor,
    credit_cost_minor,
    business_date
  FROM int_charge_days
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), gathered AS (
  SELECT
    *
  FROM orders
  UNION ALL
  SELECT
    *
  FROM charges
), final AS (
  SELECT
    store_id,
    customer_key,
    currency_code,
    CAST(SUM(order_count) AS BIGINT) AS order_count,
    CAST(SUM(gross_minor) AS BIGINT) AS gross_minor,
    CAST(SUM(discount_minor) AS BIGINT) AS discount_minor,
    CAST(SUM(comp_minor) AS BIGINT) AS comp_minor,
    CAST(SUM(refund_minor) AS BIGINT) AS refund_minor,
    CAST(SUM(fee_income_minor) AS BIGINT) AS fee_income_minor,
    CAST(SUM(food_cost_minor) AS BIGINT) AS food_cost_minor,
    CAST(SUM(packaging_cost_minor) AS BIGINT) AS packaging_cost_minor,
    CAST(SUM(channel_cost_minor) AS BIGINT) AS channel_cost_minor,
    CAST(SUM(payment_fee_minor) AS BIGINT) AS payment_fee_minor,
    CAST(SUM(incentive_cost_minor) AS BIGINT) AS incentive_cost_minor,
    CAST(SUM(contact_cost_minor) AS BIGINT) AS contact_cost_minor,
    CAST(SUM(service_cost_minor) AS BIGINT) AS service_cost_minor,
    CAST(SUM(complaint_cost_minor) AS BIGINT) AS complaint_cost_minor,
    CAST(SUM(acquisition_cost_minor) AS BIGINT) AS acquisition_cost_minor,
    CAST(SUM(credit_cost_minor) AS BIGINT) AS credit_cost_minor,
    business_date
  FROM gathered
  GROUP BY
    store_id,
    customer_key,
    currency_code,
    business_date
)
SELECT
  *
FROM final
