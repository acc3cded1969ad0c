/*
grain: one row per loyalty event
kind: view
inputs: [raw_loyalty_events]
unique: [store_id, event_id]
describe: Points earned, redeemed, expired and corrected, each once. ‖ 积分的获得、兑换、过期与更正，每笔一行。
*/
with newest as (
    select
        store_id || ':' || order_id as order_key,
        event_id,
        store_id,
        event_kind,
        points_milli,
        happened_local_at,
        customer_key,
        order_id,
        business_date,
        source_system,
        source_file_sha256,
        source_row
    from raw_loyalty_events
    qualify row_number() over (
        partition by store_id, event_id
        order by coalesce(revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
