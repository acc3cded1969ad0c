/*
grain: one row per rating or complaint of a known customer
kind: full
inputs: [stg_feedback, stg_orders, ops_identity_map]
unique: [store_id, feedback_id]
describe: "Who said what: his own word, else that on his order; ratings on one scale of five. ‖ 客户的评价与投诉（统一五分制）。"
*/
with spoken as (
    select
        told.store_id, told.feedback_id, told.feedback_kind, told.business_date,
        coalesce(told.customer_key, stg_orders.customer_key) as node_key,
        case
            when told.feedback_kind = 'complaint' then null
            when told.scale > 0 then told.scale
            when told.feedback_kind = 'nps' then 10
            else 5
        end as scale,
        told.score_milli
    from stg_feedback as told
    left join stg_orders on told.store_id || ':' || told.order_id = stg_orders.order_key
),

-- A score beyond its scale is the scale's end.
final as (
    select
        spoken.store_id,
        spoken.feedback_id,
        coalesce(people.customer_key, spoken.node_key) as customer_key,
        spoken.feedback_kind = 'complaint' as is_complaint,
        -- The greatest of nothing and 0 would be 0: no score stays no score.
        case when spoken.score_milli is not null then cast(
            least(greatest(spoken.score_milli, 0), spoken.scale * 1000) * 5
            // nullif(spoken.scale, 0) as bigint
        ) end as satisfaction_milli,
        spoken.business_date
    from spoken
    left join ops_identity_map as people on spoken.node_key = people.node_key
    where spoken.node_key is not null
)

select * from final
