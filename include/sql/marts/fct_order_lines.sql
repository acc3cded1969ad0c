/*
grain: "one row per order line; line 0 is an order that came without lines"
kind: days
inputs: [int_line_costs, int_line_burdens]
unique: [order_key, line_no]
params: [first_date, last_date]
publish: true
describe: The profit ladder of every line; what belongs to the whole order is shared out to the cent. ‖ 每个品项的利润阶梯。
*/
with stepped as (
    select
        int_line_costs.*,
        burdens.fee_income_minor, burdens.packaging_cost_minor, burdens.channel_cost_minor,
        burdens.payment_fee_minor, burdens.incentive_cost_minor, burdens.service_cost_minor,
        int_line_costs.remake_cost_minor + burdens.compensation_minor as complaint_cost_minor,
        int_line_costs.gross_minor - int_line_costs.discount_minor - int_line_costs.comp_minor
        - int_line_costs.refund_minor + burdens.fee_income_minor as net_sales_minor
    from int_line_costs
    inner join int_line_burdens as burdens
        on int_line_costs.order_key = burdens.order_key
        and int_line_costs.line_no = burdens.line_no
    where
        int_line_costs.business_date >= :first_date
        and int_line_costs.business_date <= :last_date
),

contributed as (
    select
        *,
        net_sales_minor - food_cost_minor - packaging_cost_minor as cm1_minor,
        net_sales_minor - food_cost_minor - packaging_cost_minor - channel_cost_minor
        - payment_fee_minor - incentive_cost_minor as cm2_minor
    from stepped
),

final as (
    select
        order_key, line_no, store_id, customer_key, item_id, category, quantity_milli,
        cast(line_discount_minor as bigint) as line_discount_minor,
        cast(order_discount_minor as bigint) as order_discount_minor,
        cast(gross_minor as bigint) as gross_minor,
        cast(discount_minor as bigint) as discount_minor,
        cast(comp_minor as bigint) as comp_minor,
        cast(refund_minor as bigint) as refund_minor,
        cast(fee_income_minor as bigint) as fee_income_minor,
        cast(net_sales_minor as bigint) as net_sales_minor,
        cast(food_cost_minor as bigint) as food_cost_minor,
        cast(packaging_cost_minor as bigint) as packaging_cost_minor,
        cast(cm1_minor as bigint) as cm1_minor,
        cast(channel_cost_minor as bigint) as channel_cost_minor,
        cast(payment_fee_minor as bigint) as payment_fee_minor,
        cast(incentive_cost_minor as bigint) as incentive_cost_minor,
        cast(cm2_minor as bigint) as cm2_minor,
        cast(service_cost_minor as bigint) as service_cost_minor,
        cast(cm2_minor - service_cost_minor as bigint) as cm3_minor,
        cast(complaint_cost_minor as bigint) as complaint_cost_minor,
        cast(cm2_minor - service_cost_minor - complaint_cost_minor as bigint)
            as true_profit_minor,
        cost_source, is_counted, is_cost_missing,
        cast(liability_minor as bigint) as liability_minor,
        currency_code, business_date
    from contributed
)

select * from final
