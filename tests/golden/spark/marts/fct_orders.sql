-- include/sql/marts/fct_orders.sql, as spark reads it; python -m regulars docs
WITH stepped AS (
  SELECT
    *,
    gross_minor - discount_minor - comp_minor - refund_minor + fee_income_minor AS net_sales_minor,
    0 AS contact_cost_minor,
    0 AS acquisition_cost_minor,
    0 AS credit_cost_minor,
    remake_cost_minor + compensation_minor AS complaint_cost_minor
  FROM int_order_costs
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), contributed AS (
  SELECT
    *,
    net_sales_minor - food_cost_minor - packaging_cost_minor AS cm1_minor,
    net_sales_minor - food_cost_minor - packaging_cost_minor - channel_cost_minor - payment_fee_minor - incentive_cost_minor - contact_cost_minor AS cm2_minor
  FROM stepped
), final AS (
  SELECT
    order_key,
    order_id,
    store_id,
    closed_at,
    closed_local_at,
    channel,
    platform,
    daypart,
    covers,
    customer_key,
    account_id,
    currency_code,
    status,
    is_paid,
    line_count,
    CAST(gross_minor AS BIGINT) AS gross_minor,
    CAST(discount_minor AS BIGINT) AS discount_minor,
    CAST(comp_minor AS BIGINT) AS comp_minor,
    CAST(refund_minor AS BIGINT) AS refund_minor,
    CAST(fee_income_minor AS BIGINT) AS fee_income_minor,
    CAST(net_sales_minor AS BIGINT) AS net_sales_minor,
    CAST(food_cost_minor AS BIGINT) AS food_cost_minor,
    CAST(packaging_cost_minor AS BIGINT) AS packaging_cost_minor,
    CAST(cm1_minor AS BIGINT) AS cm1_minor,
    CAST(channel_cost_minor AS BIGINT) AS channel_cost_minor,
    CAST(payment_fee_minor AS BIGINT) AS payment_fee_minor,
    CAST(incentive_cost_minor AS BIGINT) AS incentive_cost_minor,
    CAST(contact_cost_minor AS BIGINT) AS contact_cost_minor,
    CAST(cm2_minor AS BIGINT) AS cm2_minor,
    CAST(service_cost_minor AS BIGINT) AS service_cost_minor,
    CAST(cm2_minor - service_cost_minor AS BIGINT) AS cm3_minor,
    CAST(complaint_cost_minor AS BIGINT) AS complaint_cost_minor,
    CAST(acquisition_cost_minor AS BIGINT) AS acquisition_cost_minor,
    CAST(credit_cost_minor AS BIGINT) AS credit_cost_minor,
    CAST(cm2_minor - service_cost_minor - complaint_cost_minor - acquisition_cost_minor - credit_cost_minor AS BIGINT) AS true_profit_minor,
    service_minutes_milli,
    CAST(funded_discount_minor AS BIGINT) AS funded_discount_minor,
    is_settled,
    channel_rule_minor,
    settlement_gap_minor,
    missing_cost_count > 0 AS is_cost_missing,
    total_minor,
    paid_minor,
    tax_minor,
    tip_minor,
    rounding_minor,
    CAST(liability_minor AS BIGINT) AS liability_minor,
    CAST(CASE
      WHEN is_paid
      THEN total_minor - tax_minor - tip_minor - rounding_minor - liability_minor + funded_discount_minor - refund_minor
      ELSE -refund_minor
    END AS BIGINT) AS ledger_minor,
    source_system,
    business_date
  FROM contributed
)
SELECT
  *
FROM final
