-- include/sql/marts/fct_order_lines.sql, as spark reads it; python -m regulars docs
WITH stepped AS (
  SELECT
    int_line_costs.*,
    burdens.fee_income_minor,
    burdens.packaging_cost_minor,
    burdens.channel_cost_minor,
    burdens.payment_fee_minor,
    burdens.incentive_cost_minor,
    burdens.service_cost_minor,
    int_line_costs.remake_cost_minor + burdens.compensation_minor AS complaint_cost_minor,
    int_line_costs.gross_minor - int_line_costs.discount_minor - int_line_costs.comp_minor - int_line_costs.refund_minor + burdens.fee_income_minor AS net_sales_minor
  FROM int_line_costs
  INNER JOIN int_line_burdens AS burdens
    ON int_line_costs.order_key = burdens.order_key
    AND int_line_costs.line_no = burdens.line_no
  WHERE
    int_line_costs.business_date >= :first_date
    AND int_line_costs.business_date <= :last_date
), contributed AS (
  SELECT
    *,
    net_sales_minor - food_cost_minor - packaging_cost_minor AS cm1_minor,
    net_sales_minor - food_cost_minor - packaging_cost_minor - channel_cost_minor - payment_fee_minor - incentive_cost_minor AS cm2_minor
  FROM stepped
), final AS (
  SELECT
    order_key,
    line_no,
    store_id,
    customer_key,
    item_id,
    category,
    quantity_milli,
    CAST(line_discount_minor AS BIGINT) AS line_discount_minor,
    CAST(order_discount_minor AS BIGINT) AS order_discount_minor,
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
    CAST(cm2_minor AS BIGINT) AS cm2_minor,
    CAST(service_cost_minor AS BIGINT) AS service_cost_minor,
    CAST(cm2_minor - service_cost_minor AS BIGINT) AS cm3_minor,
    CAST(complaint_cost_minor AS BIGINT) AS complaint_cost_minor,
    CAST(cm2_minor - service_cost_minor - complaint_cost_minor AS BIGINT) AS true_profit_minor,
    cost_source,
    is_counted,
    is_cost_missing,
    CAST(liability_minor AS BIGINT) AS liability_minor,
    currency_code,
    business_date
  FROM contributed
)
SELECT
  *
FROM final
