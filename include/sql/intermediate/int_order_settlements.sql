/*
grain: one row per order that a platform settled
kind: days
inputs: [int_orders, stg_settlements]
unique: [order_key]
params: [first_date, last_date]
describe: What the platform really took from an order. ‖ 平台对每单的实际扣费。
*/
with settled as (
    select
        stg_settlements.order_key,
        cast(coalesce(sum(stg_settlements.amount_minor) filter (
            where stg_settlements.fee_type in (
                'commission', 'delivery', 'processing', 'insurance', 'adjustment'
            )
        ), 0) as bigint) as platform_fee_minor,
        cast(coalesce(sum(stg_settlements.amount_minor) filter (
            where stg_settlements.fee_type = 'merchant_promo'
        ), 0) as bigint) as platform_promo_minor,
        int_orders.business_date
    from int_orders
    inner join stg_settlements on int_orders.order_key = stg_settlements.order_key
    where
        int_orders.business_date >= :first_date
        and int_orders.business_date <= :last_date
        and stg_settlements.fee_type in (
            'commission', 'delivery', 'processing', 'insurance', 'adjustment', 'merchant_promo'
        )
    group by stg_settlements.order_key, int_orders.business_date
)

select * from settled
