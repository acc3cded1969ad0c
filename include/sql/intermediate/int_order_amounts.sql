/*
grain: one row per order
kind: days
inputs: [int_orders, fct_order_lines, int_order_adjustments]
unique: [order_key]
params: [first_date, last_date]
describe: Lines and adjustments of an order, added up. ‖ 订单的品项与调整汇总。
*/
with lines as (
    select
        order_key,
        cast(count(*) filter (where is_counted) as bigint) as line_count,
        cast(sum(gross_minor) as bigint) as gross_minor,
        cast(sum(line_discount_minor + order_discount_minor) as bigint) as discount_minor,
        cast(sum(comp_minor) as bigint) as comp_minor,
        cast(sum(refund_minor) as bigint) as refund_minor,
        cast(sum(liability_minor) as bigint) as liability_minor,
        cast(sum(food_cost_minor) as bigint) as food_cost_minor,
        cast(count(*) filter (where is_cost_missing) as bigint) as missing_cost_count
    from fct_order_lines
    where business_date >= :first_date and business_date <= :last_date
    group by order_key
),

adjustments as (
    select
        order_key,
        cast(sum(merchant_discount_minor) as bigint) as merchant_discount_minor,
        cast(sum(funded_discount_minor) as bigint) as funded_discount_minor,
        cast(sum(comp_minor) as bigint) as comp_minor,
        cast(sum(refund_minor) as bigint) as refund_minor,
        cast(sum(error_charge_minor) as bigint) as error_charge_minor,
        cast(sum(complaint_cost_minor) as bigint) as complaint_cost_minor
    from int_order_adjustments
    where business_date >= :first_date and business_date <= :last_date
    group by order_key
),

-- An order that came without lines keeps its own stated figures and says that its cost is missing.
amounts as (
    select
        int_orders.order_key,
        coalesce(lines.line_count, 0) as line_count,
        coalesce(lines.gross_minor, case
            when int_orders.is_paid then int_orders.stated_gross_minor else 0
        end) as gross_minor,
        coalesce(lines.discount_minor, adjustments.merchant_discount_minor, 0) as discount_minor,
        coalesce(adjustments.funded_discount_minor, 0) as funded_discount_minor,
        coalesce(lines.comp_minor, adjustments.comp_minor, 0) as comp_minor,
        coalesce(lines.refund_minor, adjustments.refund_minor, 0) as refund_minor,
        coalesce(lines.liability_minor, 0) as liability_minor,
        coalesce(lines.food_cost_minor, 0) as food_cost_minor,
        coalesce(lines.missing_cost_count, case when int_orders.is_paid then 1 else 0 end)
            as missing_cost_count,
        coalesce(adjustments.merchant_discount_minor, 0) as merchant_discount_minor,
        coalesce(adjustments.error_charge_minor, 0) as error_charge_minor,
        coalesce(adjustments.complaint_cost_minor, 0) as complaint_cost_minor,
        int_orders.business_date
    from int_orders
    left join lines on int_orders.order_key = lines.order_key
    left join adjustments on int_orders.order_key = adjustments.order_key
    where int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
)

select * from amounts
