/*
grain: one row per customer and sign that points were not earned by eating
kind: full
inputs: [stg_loyalty_events, ops_identity_map, fct_orders, int_customers]
unique: [customer_key, exception_code]
params: [business_date, fraud_days]
describe: "Points: one receipt twice, a cancelled order, a member of staff. ‖ 积分异常：小票重复、取消订单积分、员工积分。"
*/
with events as (
    select
        coalesce(people.customer_key, told.customer_key) as customer_key,
        told.event_id, told.event_kind, told.order_key, told.points_milli, told.business_date
    from stg_loyalty_events as told
    left join ops_identity_map as people on told.customer_key = people.node_key
    where
        told.business_date <= :business_date and told.customer_key is not null
        and told.event_kind in ('earned', 'corrected')
),

recent as (
    select distinct order_key
    from events
    where
        order_key is not null
        and date_diff('day', business_date, cast(:business_date as date)) < :fraud_days
),

receipts as (
    select
        events.order_key,
        count(*) filter (where event_kind = 'earned') as earned_count,
        sum(points_milli) as points_milli
    from events
    inner join recent on events.order_key = recent.order_key
    group by events.order_key
),

receipts_judged as (
    select
        receipts.order_key, receipts.earned_count,
        receipts.earned_count > 1 and receipts.points_milli > 0 as is_reused,
        fct_orders.status in ('voided', 'cancelled') and receipts.points_milli > 0
            as is_cancelled
    from receipts
    left join fct_orders on receipts.order_key = fct_orders.order_key
),

flagged as (
    select 'reused_receipt' as exception_code, events.customer_key, receipts.order_key
    from receipts_judged as receipts
    inner join events on receipts.order_key = events.order_key
    where receipts.is_reused
    union
    select 'cancelled_points', events.customer_key, receipts.order_key
    from receipts_judged as receipts
    inner join events on receipts.order_key = events.order_key
    where receipts.is_cancelled
    union
    select 'staff_points', events.customer_key, events.event_id
    from events
    inner join int_customers on events.customer_key = int_customers.customer_key
    where
        int_customers.is_staff and events.event_kind = 'earned' and events.points_milli > 0
        and date_diff('day', events.business_date, cast(:business_date as date)) < :fraud_days
),

final as (
    select
        exception_code, customer_key,
        cast(count(*) as double) as measured_ratio, cast(0 as double) as limit_ratio
    from flagged
    group by exception_code, customer_key
)

select * from final
