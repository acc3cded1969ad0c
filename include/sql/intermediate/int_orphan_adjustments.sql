/*
grain: one row per adjustment paid by the restaurant whose order never came
kind: days
inputs: [stg_adjustments, int_orders]
unique: [store_id, adjustment_id]
params: [first_date, last_date]
describe: Adjustments without an order stay with their store and day, charged to nobody. ‖ 找不到订单的调整。
*/
with final as (
    select
        stg_adjustments.adjustment_id,
        stg_adjustments.store_id,
        stg_adjustments.adjustment_type,
        stg_adjustments.adjustment_type not in ('compensation', 'error_charge') as is_of_sales,
        stg_adjustments.amount_minor,
        stg_adjustments.currency_code,
        stg_adjustments.business_date
    from stg_adjustments
    left join int_orders on stg_adjustments.order_key = int_orders.order_key
    where
        int_orders.order_key is null
        and stg_adjustments.funded_by = 'merchant'
        and stg_adjustments.business_date >= :first_date
        and stg_adjustments.business_date <= :last_date
)

select * from final
