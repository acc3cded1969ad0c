/*
grain: one row per customer and business date with a booking
kind: full
inputs: [stg_reservations, int_account_customers, ops_identity_map]
unique: [customer_key, business_date]
describe: "What was booked for a day and how long before; an account's booking is the account's. ‖ 每位客户每日的预订。"
*/
with booked as (
    select
        coalesce(
            int_account_customers.customer_key,
            ops_identity_map.customer_key,
            stg_reservations.customer_key
        ) as customer_key,
        stg_reservations.business_date,
        -- The greatest of nothing and 0 would be 0: an unknown lead stays unknown.
        case when stg_reservations.booked_local_at is not null then greatest(date_diff(
            'day', cast(stg_reservations.booked_local_at as date), stg_reservations.business_date
        ), 0) end as lead_days,
        case when stg_reservations.order_id is null then stg_reservations.party_size end
            as party_size,
        case when stg_reservations.reservation_status in ('cancelled', 'no_show') then 1 else 0
        end as is_failed,
        stg_reservations.reservation_status = 'cancelled' as is_cancelled
    from stg_reservations
    left join int_account_customers
        on stg_reservations.account_id = int_account_customers.account_id
    left join ops_identity_map
        on stg_reservations.customer_key = ops_identity_map.node_key
),

-- The party of a booking with an order is counted at the table.
final as (
    select
        customer_key,
        cast(count(lead_days) filter (where not is_cancelled) as bigint) as booking_count,
        cast(coalesce(sum(lead_days) filter (where not is_cancelled), 0) as bigint) as lead_days,
        cast(count(party_size) filter (where not is_cancelled) as bigint) as party_count,
        cast(coalesce(sum(party_size) filter (where not is_cancelled), 0) as bigint) as covers,
        cast(count(*) as bigint) as reservation_count,
        cast(sum(is_failed) as bigint) as failed_count,
        business_date
    from booked
    where customer_key is not null
    group by customer_key, business_date
)

select * from final
