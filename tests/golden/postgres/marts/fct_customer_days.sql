-- include/sql/marts/fct_customer_days.sql, as postgres reads it; python -m regulars docs
WITH orders AS (
  SELECT
    *
  FROM int_order_days
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), charges AS (
  SELECT
    *
  FROM int_charge_days
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), gathered AS (
  SELECT
    COALESCE(orders.customer_key, charges.customer_key) AS customer_key,
    COALESCE(orders.currency_code, charges.currency_code) AS currency_code,
    COALESCE(orders.store_id, charges.store_id) AS store_id,
    COALESCE(visit_count, 0) AS visit_count,
    COALESCE(order_count, 0) AS order_count,
    COALESCE(discounted_order_count, 0) AS discounted_order_count,
    COALESCE(used_offer_count, 0) AS used_offer_count,
    COALESCE(charges.contact_count, 0) AS contact_count,
    COALESCE(dine_in_order_count, 0) AS dine_in_order_count,
    COALESCE(takeaway_order_count, 0) AS takeaway_order_count,
    COALESCE(platform_order_count, 0) AS platform_order_count,
    COALESCE(catering_order_count, 0) AS catering_order_count,
    COALESCE(lunch_order_count, 0) AS lunch_order_count,
    COALESCE(dinner_order_count, 0) AS dinner_order_count,
    COALESCE(late_order_count, 0) AS late_order_count,
    COALESCE(weekday_lunch_order_count, 0) AS weekday_lunch_order_count,
    COALESCE(account_order_count, 0) AS account_order_count,
    COALESCE(refunded_order_count, 0) AS refunded_order_count,
    COALESCE(busy_order_count, 0) AS busy_order_count,
    COALESCE(party_count, 0) AS party_count,
    COALESCE(covers, 0) AS covers,
    COALESCE(service_minutes_milli, 0) AS service_minutes_milli,
    COALESCE(gross_minor, 0) AS gross_minor,
    COALESCE(discount_minor, 0) AS discount_minor,
    COALESCE(comp_minor, 0) AS comp_minor,
    COALESCE(refund_minor, 0) AS refund_minor,
    COALESCE(fee_income_minor, 0) AS fee_income_minor,
    COALESCE(net_sales_minor, 0) AS net_sales_minor,
    COALESCE(food_cost_minor, 0) AS food_cost_minor,
    COALESCE(packaging_cost_minor, 0) AS packaging_cost_minor,
    COALESCE(cm1_minor, 0) AS cm1_minor,
    COALESCE(channel_cost_minor, 0) AS channel_cost_minor,
    COALESCE(payment_fee_minor, 0) AS payment_fee_minor,
    COALESCE(orders.incentive_cost_minor, 0) + COALESCE(charges.incentive_cost_minor, 0) AS incentive_cost_minor,
    COALESCE(contact_cost_minor, 0) AS contact_cost_minor,
    COALESCE(service_cost_minor, 0) AS service_cost_minor,
    COALESCE(complaint_cost_minor, 0) AS complaint_cost_minor,
    COALESCE(acquisition_cost_minor, 0) AS acquisition_cost_minor,
    COALESCE(credit_cost_minor, 0) AS credit_cost_minor,
    COALESCE(largest_order_profit_minor, 0) AS largest_order_profit_minor,
    COALESCE(orders.business_date, charges.business_date) AS business_date
  FROM orders
  FULL OUTER JOIN charges
    ON orders.customer_key = charges.customer_key
    AND orders.business_date = charges.business_date
    AND orders.currency_code = charges.currency_code
), final AS (
  SELECT
    customer_key,
    currency_code,
    store_id,
    visit_count,
    order_count,
    discounted_order_count,
    used_offer_count,
    contact_count,
    dine_in_order_count,
    takeaway_order_count,
    platform_order_count,
    catering_order_count,
    lunch_order_count,
    dinner_order_count,
    late_order_count,
    weekday_lunch_order_count,
    account_order_count,
    refunded_order_count,
    busy_order_count,
    party_count,
    covers,
    service_minutes_milli,
    gross_minor,
    discount_minor,
    comp_minor,
    refund_minor,
    fee_income_minor,
    net_sales_minor,
    food_cost_minor,
    packaging_cost_minor,
    cm1_minor,
    channel_cost_minor,
    payment_fee_minor,
    incentive_cost_minor,
    contact_cost_minor,
    cm1_minor - channel_cost_minor - payment_fee_minor - incentive_cost_minor - contact_cost_minor AS cm2_minor,
    service_cost_minor,
    cm1_minor - channel_cost_minor - payment_fee_minor - incentive_cost_minor - contact_cost_minor - service_cost_minor AS cm3_minor,
    complaint_cost_minor,
    acquisition_cost_minor,
    credit_cost_minor,
    cm1_minor - channel_cost_minor - payment_fee_minor - incentive_cost_minor - contact_cost_minor - service_cost_minor - complaint_cost_minor - acquisition_cost_minor - credit_cost_minor AS true_profit_minor,
    largest_order_profit_minor,
    business_date
  FROM gathered
)
SELECT
  *
FROM final
