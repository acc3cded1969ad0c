/*
grain: one row per loyalty event
kind: view
inputs: [raw_loyalty_events, ops_superseded_loyalty_events]
unique: [store_id, event_id]
describe: Points earned, redeemed, expired and corrected, each once. ‖ 积分的获得、兑换、过期与更正，每笔一行。
*/
with newest as (
    select
        raw.store_id || ':' || raw.order_id as order_key,
        raw.event_id,
        raw.store_id,
        raw.event_kind,
        raw.points_milli,
        raw.happened_local_at,
        raw.customer_key,
        raw.order_id,
        raw.business_date,
        raw.source_system,
        raw.source_file_sha256,
        raw.source_row
    from raw_loyalty_events as raw
    left join ops_superseded_loyalty_events as superseded
        on raw.store_id = superseded.store_id
        and raw.event_id = superseded.event_id
        and raw.source_file_sha256 = superseded.source_file_sha256
        and raw.source_row = superseded.source_row
    where superseded.source_row is null
)

select * from newest
