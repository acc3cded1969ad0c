/*
grain: one row per feedback
kind: view
inputs: [raw_feedback]
unique: [store_id, feedback_id]
describe: Ratings and complaints. ‖ 评价与投诉。
*/
with newest as (
    select
        feedback_id,
        store_id,
        feedback_kind,
        given_local_at,
        customer_key,
        order_id,
        score_milli,
        scale,
        complaint_status,
        business_date,
        source_system,
        source_file_sha256,
        source_row
    from raw_feedback
    qualify row_number() over (
        partition by store_id, feedback_id
        order by coalesce(revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
