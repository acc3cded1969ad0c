/*
grain: one row per order that a platform settled
kind: days
inputs: [int_orders, int_settlement_orders]
unique: [order_key]
params: [first_date, last_date]
describe: What the platform really took from an order. ‖ 平台对每单的实际扣费。
*/
with billed as (
    select
        int_orders.order_key,
        settled.fee_type,
        settled.amount_minor,
        int_orders.business_date
    from int_orders
    inner join int_settlement_orders as settled on int_orders.order_key = settled.order_key
    where int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
),

-- Sales, tax, tips and the payout are no costs; ads belong to the store.
summed as (
    select
        order_key,
        cast(sum(amount_minor) filter (where fee_type in (
            'commission', 'delivery', 'processing', 'insurance', 'adjustment', 'marketing'
        )) as bigint) as fee_minor,
        cast(sum(amount_minor) filter (where fee_type = 'merchant_promo') as bigint)
            as promo_minor,
        cast(coalesce(sum(amount_minor) filter (
            where fee_type = 'error_charge'
        ), 0) as bigint) as platform_error_minor,
        business_date
    from billed
    group by order_key, business_date
),

final as (
    select
        order_key,
        coalesce(fee_minor, 0) as platform_fee_minor,
        coalesce(promo_minor, 0) as platform_promo_minor,
        platform_error_minor,
        fee_minor is not null or promo_minor is not null as is_settled,
        business_date
    from summed
)

select * from final
