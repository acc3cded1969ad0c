/*
grain: one row per open complaint of a known customer
kind: full
inputs: [stg_feedback, stg_action_events, ops_identity_map]
describe: Complaints that nobody closed yet, about us or about what we sent. ‖ 未结投诉（含对营销信息的投诉）。
*/
with told as (
    select customer_key, business_date as complained_on
    from stg_feedback
    where feedback_kind = 'complaint' and complaint_status = 'open'
    union all
    select customer_key, business_date
    from stg_action_events
    where event_kind = 'complained' and coalesce(complaint_status, 'open') = 'open'
),

final as (
    select coalesce(people.customer_key, told.customer_key) as customer_key, told.complained_on
    from told
    left join ops_identity_map as people on told.customer_key = people.node_key
    where told.customer_key is not null
)

select * from final
