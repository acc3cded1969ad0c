/*
grain: one row per order whose lines do not add up to it
kind: audit
severity: error
inputs: [fct_orders, fct_order_lines, int_audited_days]
describe: Every component of the ladder is the sum of the order's lines. ‖ 每个构成项的品项合计等于订单。
*/
with lines as (
    select
        order_key,
        cast(sum(gross_minor) as bigint) as gross_minor,
        cast(sum(discount_minor) as bigint) as discount_minor,
        cast(sum(comp_minor) as bigint) as comp_minor,
        cast(sum(refund_minor) as bigint) as refund_minor,
        cast(sum(fee_income_minor) as bigint) as fee_income_minor,
        cast(sum(net_sales_minor) as bigint) as net_sales_minor,
        cast(sum(food_cost_minor) as bigint) as food_cost_minor,
        cast(sum(packaging_cost_minor) as bigint) as packaging_cost_minor,
        cast(sum(cm1_minor) as bigint) as cm1_minor,
        cast(sum(channel_cost_minor) as bigint) as channel_cost_minor,
        cast(sum(payment_fee_minor) as bigint) as payment_fee_minor,
        cast(sum(incentive_cost_minor) as bigint) as incentive_cost_minor,
        cast(sum(cm2_minor) as bigint) as cm2_minor,
        cast(sum(service_cost_minor) as bigint) as service_cost_minor,
        cast(sum(cm3_minor) as bigint) as cm3_minor,
        cast(sum(complaint_cost_minor) as bigint) as complaint_cost_minor,
        cast(sum(true_profit_minor) as bigint) as true_profit_minor
    from fct_order_lines
    inner join int_audited_days
        on fct_order_lines.business_date = int_audited_days.business_date
    group by order_key
),

failures as (
    select
        fct_orders.order_key,
        fct_orders.net_sales_minor,
        lines.net_sales_minor as line_net_sales_minor,
        fct_orders.true_profit_minor,
        lines.true_profit_minor as line_true_profit_minor
    from fct_orders
    inner join int_audited_days on fct_orders.business_date = int_audited_days.business_date
    left join lines on fct_orders.order_key = lines.order_key
    where
        lines.order_key is null
        or fct_orders.gross_minor <> lines.gross_minor
        or fct_orders.discount_minor <> lines.discount_minor
        or fct_orders.comp_minor <> lines.comp_minor
        or fct_orders.refund_minor <> lines.refund_minor
        or fct_orders.fee_income_minor <> lines.fee_income_minor
        or fct_orders.net_sales_minor <> lines.net_sales_minor
        or fct_orders.food_cost_minor <> lines.food_cost_minor
        or fct_orders.packaging_cost_minor <> lines.packaging_cost_minor
        or fct_orders.cm1_minor <> lines.cm1_minor
        or fct_orders.channel_cost_minor <> lines.channel_cost_minor
        or fct_orders.payment_fee_minor <> lines.payment_fee_minor
        or fct_orders.incentive_cost_minor <> lines.incentive_cost_minor
        or fct_orders.cm2_minor <> lines.cm2_minor
        or fct_orders.service_cost_minor <> lines.service_cost_minor
        or fct_orders.cm3_minor <> lines.cm3_minor
        or fct_orders.complaint_cost_minor <> lines.complaint_cost_minor
        or fct_orders.true_profit_minor <> lines.true_profit_minor
)

select * from failures
