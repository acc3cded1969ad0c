/*
grain: one row per paid order
kind: days
inputs: [int_orders, int_order_amounts, int_service_rates]
unique: [order_key]
params: [first_date, last_date]
describe: "Minutes of serving an order and what they cost: base, seated guests, lines, table time. ‖ 服务时间与成本。"
*/
with counted as (
    select
        int_orders.order_key, int_orders.store_id, int_orders.channel, int_orders.business_date,
        amounts.line_count,
        case when int_orders.channel = 'dine_in' then int_orders.covers else 0 end
            as seated_count,
        case when int_orders.channel = 'dine_in' then coalesce(
            date_diff('day', cast(int_orders.opened_local_at as date),
                cast(int_orders.closed_local_at as date)) * 1440
            + (extract(hour from int_orders.closed_local_at)
                - extract(hour from int_orders.opened_local_at)) * 60
            + extract(minute from int_orders.closed_local_at)
            - extract(minute from int_orders.opened_local_at), 0
        ) else 0 end as stay_minutes
    from int_orders
    inner join int_order_amounts as amounts on int_orders.order_key = amounts.order_key
    where
        int_orders.is_paid
        and int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
),

timed as (
    select
        counted.order_key,
        -- A table that was opened after it was closed, or never closed for a day, tells nothing.
        rates.order_milli + rates.cover_milli * seated_count + rates.line_milli * line_count
        + rates.table_milli * case
            when stay_minutes > 0 and stay_minutes < 1440 then stay_minutes else 0
        end as service_minutes_milli,
        rates.minute_cost_micro,
        counted.business_date
    from counted
    inner join int_service_rates as rates
        on counted.store_id = rates.store_id
        and counted.channel = rates.channel
        and counted.business_date = rates.business_date
),

final as (
    select
        order_key,
        cast(service_minutes_milli as bigint) as service_minutes_milli,
        cast((
            service_minutes_milli * minute_cost_micro + 500000000
        ) // 1000000000 as bigint) as service_cost_minor,
        business_date
    from timed
)

select * from final
