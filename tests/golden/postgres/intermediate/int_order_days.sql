-- include/sql/intermediate/int_order_days.sql, as postgres reads it; python -m regulars docs
WITH weekdays AS (
  SELECT
    calendar_date
  FROM ref_dates
  WHERE
    NOT is_weekend
), coupons AS (
  SELECT DISTINCT
    order_key
  FROM stg_adjustments
  WHERE
    adjustment_type = 'coupon'
), known AS (
  SELECT
    fct_orders.*,
    NOT coupons.order_key IS NULL AS is_offer_used,
    COALESCE(fct_utilisation.is_busy, FALSE) AS is_busy,
    fct_orders.daypart = 'lunch' AND NOT weekdays.calendar_date IS NULL AS is_weekday_lunch
  FROM fct_orders
  LEFT JOIN coupons
    ON fct_orders.order_key = coupons.order_key
  LEFT JOIN weekdays
    ON fct_orders.business_date = weekdays.calendar_date
  LEFT JOIN fct_utilisation
    ON fct_orders.store_id = fct_utilisation.store_id
    AND fct_orders.daypart = fct_utilisation.daypart
    AND fct_orders.business_date = fct_utilisation.business_date
  WHERE
    NOT fct_orders.customer_key IS NULL
    AND fct_orders.business_date >= :first_date
    AND fct_orders.business_date <= :last_date
), final AS (
  SELECT
    customer_key,
    currency_code,
    MIN(store_id) AS store_id,
    CAST(MAX(CASE WHEN is_paid THEN 1 ELSE 0 END) AS BIGINT) AS visit_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid) AS BIGINT) AS order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND discount_minor > 0) AS BIGINT) AS discounted_order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND is_offer_used) AS BIGINT) AS used_offer_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND channel = 'dine_in') AS BIGINT) AS dine_in_order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND channel = 'takeaway') AS BIGINT) AS takeaway_order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND channel = 'delivery_platform') AS BIGINT) AS platform_order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND channel = 'catering') AS BIGINT) AS catering_order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND daypart = 'lunch') AS BIGINT) AS lunch_order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND daypart = 'dinner') AS BIGINT) AS dinner_order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND daypart = 'late') AS BIGINT) AS late_order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND is_weekday_lunch) AS BIGINT) AS weekday_lunch_order_count,
    CAST(COUNT(*) FILTER(WHERE
      NOT account_id IS NULL) AS BIGINT) AS account_order_count,
    CAST(COUNT(*) FILTER(WHERE
      refund_minor > 0) AS BIGINT) AS refunded_order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND is_busy) AS BIGINT) AS busy_order_count,
    CAST(COUNT(*) FILTER(WHERE
      covers > 0) AS BIGINT) AS party_count,
    CAST(SUM(covers) AS BIGINT) AS covers,
    CAST(SUM(service_minutes_milli) AS BIGINT) AS service_minutes_milli,
    CAST(SUM(gross_minor) AS BIGINT) AS gross_minor,
    CAST(SUM(discount_minor) AS BIGINT) AS discount_minor,
    CAST(SUM(comp_minor) AS BIGINT) AS comp_minor,
    CAST(SUM(refund_minor) AS BIGINT) AS refund_minor,
    CAST(SUM(fee_income_minor) AS BIGINT) AS fee_income_minor,
    CAST(SUM(net_sales_minor) AS BIGINT) AS net_sales_minor,
    CAST(SUM(food_cost_minor) AS BIGINT) AS food_cost_minor,
    CAST(SUM(packaging_cost_minor) AS BIGINT) AS packaging_cost_minor,
    CAST(SUM(cm1_minor) AS BIGINT) AS cm1_minor,
    CAST(SUM(channel_cost_minor) AS BIGINT) AS channel_cost_minor,
    CAST(SUM(payment_fee_minor) AS BIGINT) AS payment_fee_minor,
    CAST(SUM(incentive_cost_minor) AS BIGINT) AS incentive_cost_minor,
    CAST(SUM(cm2_minor) AS BIGINT) AS cm2_minor,
    CAST(SUM(service_cost_minor) AS BIGINT) AS service_cost_minor,
    CAST(SUM(cm3_minor) AS BIGINT) AS cm3_minor,
    CAST(SUM(complaint_cost_minor) AS BIGINT) AS complaint_cost_minor,
    CAST(SUM(true_profit_minor) AS BIGINT) AS true_profit_minor,
    CAST(MAX(true_profit_minor) AS BIGINT) AS largest_order_profit_minor,
    business_date
  FROM known
  GROUP BY
    customer_key,
    currency_code,
    business_date
)
SELECT
  *
FROM final
