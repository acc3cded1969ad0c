/*
grain: one row per order
kind: days
inputs: [int_line_costs, int_order_adjustments]
unique: [order_key]
params: [first_date, last_date]
describe: Lines and adjustments of an order, added up. ‖ 订单的品项与调整汇总。
*/
with lines as (
    select
        order_key,
        cast(count(*) filter (where is_counted) as bigint) as line_count,
        cast(sum(gross_minor) as bigint) as gross_minor,
        cast(sum(discount_minor) as bigint) as discount_minor,
        cast(sum(comp_minor) as bigint) as comp_minor,
        cast(sum(refund_minor) as bigint) as refund_minor,
        cast(sum(liability_minor) as bigint) as liability_minor,
        cast(sum(food_cost_minor) as bigint) as food_cost_minor,
        cast(sum(remake_cost_minor) as bigint) as remake_cost_minor,
        cast(count(*) filter (where is_cost_missing) as bigint) as missing_cost_count,
        business_date
    from int_line_costs
    where business_date >= :first_date and business_date <= :last_date
    group by order_key, business_date
),

adjustments as (
    select
        order_key,
        cast(sum(merchant_discount_minor) as bigint) as merchant_discount_minor,
        cast(sum(funded_discount_minor) as bigint) as funded_discount_minor,
        cast(sum(points_minor) as bigint) as points_minor,
        cast(sum(error_charge_minor) as bigint) as error_charge_minor,
        cast(sum(compensation_minor) as bigint) as compensation_minor
    from int_order_adjustments
    where business_date >= :first_date and business_date <= :last_date
    group by order_key
),

amounts as (
    select
        lines.order_key, line_count, gross_minor, discount_minor, comp_minor, refund_minor,
        liability_minor, food_cost_minor, remake_cost_minor, missing_cost_count,
        coalesce(merchant_discount_minor, 0) as merchant_discount_minor,
        coalesce(funded_discount_minor, 0) as funded_discount_minor,
        coalesce(points_minor, 0) as points_minor,
        coalesce(error_charge_minor, 0) as error_charge_minor,
        coalesce(compensation_minor, 0) as compensation_minor,
        business_date
    from lines
    left join adjustments on lines.order_key = adjustments.order_key
)

select * from amounts
