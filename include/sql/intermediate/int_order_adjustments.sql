/*
grain: one row per order and line; line 0 stands for the whole order
kind: days
inputs: [int_orders, stg_adjustments]
unique: [order_key, line_no]
params: [first_date, last_date]
describe: What changed the worth of an order, by who pays for it. ‖ 订单调整，按承担方。
*/
with matched as (
    select
        int_orders.order_key,
        coalesce(stg_adjustments.line_no, 0) as line_no,
        stg_adjustments.adjustment_type,
        stg_adjustments.funded_by,
        stg_adjustments.amount_minor,
        int_orders.business_date
    from int_orders
    inner join stg_adjustments
        on int_orders.store_id = stg_adjustments.store_id
        and int_orders.order_id = stg_adjustments.order_id
    where int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
),

sorted as (
    select
        *,
        funded_by = 'merchant' as is_ours,
        adjustment_type in (
            'discount', 'coupon', 'merchant_promo', 'platform_promo', 'loyalty_redemption'
        ) as is_discount
    from matched
),

-- What a platform or a bank pays costs the restaurant nothing; it is told beside the ladder.
summed as (
    select
        order_key,
        line_no,
        cast(coalesce(sum(amount_minor) filter (
            where is_ours and is_discount
        ), 0) as bigint) as merchant_discount_minor,
        cast(coalesce(sum(amount_minor) filter (
            where not is_ours and (is_discount or adjustment_type = 'comp')
        ), 0) as bigint) as funded_discount_minor,
        cast(coalesce(sum(amount_minor) filter (
            where is_ours and adjustment_type = 'comp'
        ), 0) as bigint) as comp_minor,
        cast(coalesce(sum(amount_minor) filter (
            where is_ours and adjustment_type in ('refund', 'chargeback')
        ), 0) as bigint) as refund_minor,
        cast(coalesce(sum(amount_minor) filter (
            where is_ours and adjustment_type = 'error_charge'
        ), 0) as bigint) as error_charge_minor,
        cast(coalesce(sum(amount_minor) filter (
            where is_ours and adjustment_type = 'compensation'
        ), 0) as bigint) as compensation_minor,
        cast(coalesce(sum(amount_minor) filter (
            where is_ours and adjustment_type = 'loyalty_redemption'
        ), 0) as bigint) as points_minor,
        business_date
    from sorted
    group by order_key, line_no, business_date
)

select * from summed
