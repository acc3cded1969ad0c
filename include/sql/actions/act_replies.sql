/*
grain: one row per action that something was reported of
kind: full
inputs: [fct_actions, act_released_actions, stg_action_events, ops_identity_map]
unique: [customer_key, business_date]
params: [horizon_days]
describe: What tools and tills reported of an action. ‖ 各动作收到的回执。
*/
with released as (
    select
        actions.customer_key, actions.action_code, actions.business_date,
        coalesce(people.customer_key, actions.customer_key) as person_key
    from fct_actions as actions
    inner join act_released_actions as free
        on actions.customer_key = free.customer_key
        and actions.business_date = free.business_date
    left join ops_identity_map as people on actions.customer_key = people.node_key
),

events as (
    select
        told.event_id, told.event_kind, told.action_on, told.action_code, told.business_date,
        coalesce(people.customer_key, told.customer_key) as person_key
    from stg_action_events as told
    left join ops_identity_map as people on told.customer_key = people.node_key
),

-- An event that names no day is about the newest action by then, within the horizon.
placed as (
    select events.event_kind, released.customer_key, released.business_date
    from events
    inner join released
        on events.person_key = released.person_key
        and coalesce(events.action_code, released.action_code) = released.action_code
        and coalesce(events.action_on, released.business_date) = released.business_date
    where
        released.business_date <= events.business_date
        and date_diff('day', released.business_date, events.business_date) <= :horizon_days
    qualify row_number() over (
        partition by events.event_id
        order by released.business_date desc, released.customer_key
    ) = 1
),

final as (
    select
        customer_key,
        count(*) filter (where event_kind in ('sent', 'delivered', 'bounced')) > 0 as is_sent,
        count(*) filter (where event_kind = 'delivered') > 0 as is_delivered,
        count(*) filter (where event_kind = 'redeemed') > 0 as is_redeemed,
        count(*) filter (where event_kind = 'bounced') > 0 as is_bounced,
        count(*) filter (where event_kind = 'unsubscribed') > 0 as is_unsubscribed,
        count(*) filter (where event_kind = 'complained') > 0 as has_complained,
        business_date
    from placed
    group by customer_key, business_date
)

select * from final
