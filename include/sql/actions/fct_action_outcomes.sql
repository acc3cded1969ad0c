/*
grain: one row per action that could leave
kind: full
inputs: [fct_actions, act_released_actions, act_replies, fct_customer_days, ops_identity_map]
unique: [customer_key, business_date]
params: [horizon_days]
publish: true
describe: "What became of every action: sent, redeemed, refused, and what the customer did since. ‖ 每个动作的结果：送达、核销、退订与其后的消费。"
*/
with released as (
    select
        actions.customer_key, actions.list_name, actions.action_code, actions.contact_channel,
        actions.store_id, actions.offer_minor, actions.currency_code, actions.business_date,
        coalesce(people.customer_key, actions.customer_key) as person_key
    from fct_actions as actions
    inner join act_released_actions as free
        on actions.customer_key = free.customer_key
        and actions.business_date = free.business_date
    left join ops_identity_map as people on actions.customer_key = people.node_key
),

seen as (
    select max(business_date) as last_on from fct_customer_days
),

since as (
    select
        released.customer_key, released.business_date,
        min(days.business_date) filter (where days.visit_count > 0) as returned_on,
        cast(sum(days.visit_count) as bigint) as visit_since_count,
        cast(sum(days.cm2_minor) as bigint) as cm2_since_minor,
        cast(sum(days.true_profit_minor) as bigint) as profit_since_minor
    from released
    inner join fct_customer_days as days
        on released.person_key = days.customer_key
        and released.currency_code = days.currency_code
        and released.business_date < days.business_date
        and date_diff('day', released.business_date, days.business_date) <= :horizon_days
    group by released.customer_key, released.business_date
),

final as (
    select
        released.customer_key, list_name, action_code, contact_channel, store_id,
        offer_minor, currency_code,
        coalesce(is_sent, false) as is_sent,
        coalesce(is_delivered, false) as is_delivered,
        coalesce(is_redeemed, false) as is_redeemed,
        coalesce(is_bounced, false) as is_bounced,
        coalesce(is_unsubscribed, false) as is_unsubscribed,
        coalesce(has_complained, false) as has_complained,
        returned_on is not null as is_returned, returned_on,
        coalesce(visit_since_count, 0) as visit_since_count,
        coalesce(cm2_since_minor, 0) as cm2_since_minor,
        coalesce(profit_since_minor, 0) as profit_since_minor,
        coalesce(date_diff('day', released.business_date, seen.last_on) >= :horizon_days, false)
            as is_horizon_over,
        released.business_date
    from released
    cross join seen
    left join act_replies as replies
        on released.customer_key = replies.customer_key
        and released.business_date = replies.business_date
    left join since
        on released.customer_key = since.customer_key
        and released.business_date = since.business_date
)

select * from final
