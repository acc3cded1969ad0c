/*
grain: one row per event of an action
kind: view
inputs: [raw_action_events]
unique: [event_id]
describe: What marketing tools and tills report of our actions, each event once. ‖ 动作的送达、核销、退信、退订与投诉回执。
*/
with newest as (
    select
        event_id,
        event_kind,
        happened_local_at,
        customer_key,
        contact_channel,
        action_on,
        action_code,
        store_id,
        order_id,
        complaint_status,
        business_date,
        source_system,
        source_file_sha256,
        source_row
    from raw_action_events
    qualify row_number() over (
        partition by event_id
        order by coalesce(revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
