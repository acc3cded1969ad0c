/*
grain: one row per order that earned or used points
kind: days
inputs: [int_orders, int_order_amounts, stg_loyalty_events, ref_charge_rates]
unique: [order_key]
params: [first_date, last_date]
describe: "Points at what they are expected to cost when earned; using them costs nothing again. ‖ 积分成本（获得时计提）。"
*/
with earned as (
    select
        int_orders.order_key,
        cast(sum(stg_loyalty_events.points_milli) as bigint) as points_milli
    from int_orders
    inner join stg_loyalty_events
        on int_orders.store_id = stg_loyalty_events.store_id
        and int_orders.order_id = stg_loyalty_events.order_id
    where
        stg_loyalty_events.event_kind in ('earned', 'corrected')
        and int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
    group by int_orders.order_key
),

pointed as (
    select
        int_orders.order_key,
        int_orders.currency_code,
        int_orders.business_date,
        coalesce(earned.points_milli, 0) as points_milli,
        amounts.points_minor
    from int_orders
    inner join int_order_amounts as amounts on int_orders.order_key = amounts.order_key
    left join earned on int_orders.order_key = earned.order_key
    where
        int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
        and (earned.order_key is not null or amounts.points_minor <> 0)
),

-- The discount for used points is in net sales; it was charged when the points were earned.
final as (
    select
        pointed.order_key,
        cast(sign(points_milli) * cast((
            abs(points_milli) * rates.unit_cost_micro + 500000000
        ) // 1000000000 as bigint) - points_minor as bigint) as incentive_cost_minor,
        pointed.business_date
    from pointed
    inner join ref_charge_rates as rates
        on rates.charge_kind = 'points'
        and pointed.currency_code = rates.currency_code
        and pointed.business_date >= rates.valid_from
        and pointed.business_date <= rates.valid_to
)

select * from final
