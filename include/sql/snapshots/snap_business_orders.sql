/*
grain: one row per business customer with an order or a booking in the trailing year and snapshot date
kind: snapshot
inputs: [int_customer_kinds, fct_orders, stg_orders, ops_identity_map, int_bookings]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, curve_days]
describe: "How a business customer buys: where, by whom, and how often he calls it off. ‖ 商业客户的采购地点、下单人与取消次数。"
*/
with known as (
    select customer_key, snapshot_date
    from int_customer_kinds
    where
        customer_kind = 'business'
        and snapshot_date >= :first_date and snapshot_date <= :last_date
),

ordered as (
    select
        known.customer_key, known.snapshot_date,
        count(*) as asked_count,
        count(*) filter (where fct_orders.status = 'cancelled') as failed_count,
        count(distinct case when fct_orders.is_paid then fct_orders.store_id end) as store_count,
        count(distinct case when fct_orders.is_paid then coalesce(
            people.customer_key, stg_orders.customer_key, fct_orders.customer_key
        ) end) as orderer_count
    from known
    inner join fct_orders
        on known.customer_key = fct_orders.customer_key
        and fct_orders.business_date <= known.snapshot_date
        and date_diff('day', fct_orders.business_date, known.snapshot_date) < :curve_days
    inner join stg_orders on fct_orders.order_key = stg_orders.order_key
    left join ops_identity_map as people on stg_orders.customer_key = people.node_key
    group by known.customer_key, known.snapshot_date
),

booked as (
    select
        known.customer_key, known.snapshot_date,
        sum(int_bookings.reservation_count) as asked_count,
        sum(int_bookings.failed_count) as failed_count
    from known
    inner join int_bookings
        on known.customer_key = int_bookings.customer_key
        and int_bookings.business_date <= known.snapshot_date
        and date_diff('day', int_bookings.business_date, known.snapshot_date) < :curve_days
    group by known.customer_key, known.snapshot_date
),

final as (
    select
        coalesce(ordered.customer_key, booked.customer_key) as customer_key,
        cast(coalesce(ordered.asked_count, 0) + coalesce(booked.asked_count, 0) as bigint)
            as asked_count,
        cast(coalesce(ordered.failed_count, 0) + coalesce(booked.failed_count, 0) as bigint)
            as failed_count,
        cast(coalesce(ordered.store_count, 0) as bigint) as store_count,
        cast(coalesce(ordered.orderer_count, 0) as bigint) as orderer_count,
        coalesce(ordered.snapshot_date, booked.snapshot_date) as snapshot_date
    from ordered
    full outer join booked
        on ordered.customer_key = booked.customer_key
        and ordered.snapshot_date = booked.snapshot_date
)

select * from final
