-- include/sql/audits/audit_lines_tie_to_orders.sql, as postgres reads it; python -m regulars docs
WITH lines AS (
  SELECT
    order_key,
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
    CAST(SUM(true_profit_minor) AS BIGINT) AS true_profit_minor
  FROM fct_order_lines
  INNER JOIN int_audited_days
    ON fct_order_lines.business_date = int_audited_days.business_date
  GROUP BY
    order_key
), failures AS (
  SELECT
    fct_orders.order_key,
    fct_orders.net_sales_minor,
    lines.net_sales_minor AS line_net_sales_minor,
    fct_orders.true_profit_minor,
    lines.true_profit_minor AS line_true_profit_minor
  FROM fct_orders
  INNER JOIN int_audited_days
    ON fct_orders.business_date = int_audited_days.business_date
  LEFT JOIN lines
    ON fct_orders.order_key = lines.order_key
  WHERE
    lines.order_key IS NULL
    OR fct_orders.gross_minor <> lines.gross_minor
    OR fct_orders.discount_minor <> lines.discount_minor
    OR fct_orders.comp_minor <> lines.comp_minor
    OR fct_orders.refund_minor <> lines.refund_minor
    OR fct_orders.fee_income_minor <> lines.fee_income_minor
    OR fct_orders.net_sales_minor <> lines.net_sales_minor
    OR fct_orders.food_cost_minor <> lines.food_cost_minor
    OR fct_orders.packaging_cost_minor <> lines.packaging_cost_minor
    OR fct_orders.cm1_minor <> lines.cm1_minor
    OR fct_orders.channel_cost_minor <> lines.channel_cost_minor
    OR fct_orders.payment_fee_minor <> lines.payment_fee_minor
    OR fct_orders.incentive_cost_minor <> lines.incentive_cost_minor
    OR fct_orders.cm2_minor <> lines.cm2_minor
    OR fct_orders.service_cost_minor <> lines.service_cost_minor
    OR fct_orders.cm3_minor <> lines.cm3_minor
    OR fct_orders.complaint_cost_minor <> lines.complaint_cost_minor
    OR fct_orders.true_profit_minor <> lines.true_profit_minor
)
SELECT
  *
FROM failures
