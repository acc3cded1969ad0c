/*
grain: one row per customer on a list on the date
kind: full
inputs: [snap_customer_tiers, act_contacts, ops_recent_contacts, ops_identity_map,
    raw_identifier_aliases]
unique: [customer_key]
params: [business_date, experiment_id, holdout_threshold, has_platform_audience]
describe: Who is on which list, and which guardrail stands before it. ‖ 候选名单与护栏。
*/
with listed as (
    select * from snap_customer_tiers
    where snapshot_date = :business_date and list_name is not null
),

recent as (
    select customer_key from ops_recent_contacts
),

-- Who was left alone under any of the references stays so: on a merge the control wins.
drawn as (
    select
        members.customer_key,
        min(sha256(:experiment_id || '|' || members.node_key)) as lowest_hash
    from ops_identity_map as members
    left join raw_identifier_aliases as aliases on members.node_key = aliases.node_key
    where starts_with(members.node_key, 'c_') and aliases.node_key is null
    group by members.customer_key
),

reached as (
    select
        listed.*,
        recent.customer_key is not null as is_recently_contacted,
        case
            when list_name = 'deprioritise' then 'internal'
            when act_contacts.contact_channel is not null then act_contacts.contact_channel
            when :has_platform_audience then 'platform_audience'
            when list_name = 'reward' then 'at_next_visit'
        end as contact_channel,
        least(
            sha256(:experiment_id || '|' || listed.customer_key),
            coalesce(drawn.lowest_hash, sha256(:experiment_id || '|' || listed.customer_key))
        ) as holdout_hash
    from listed
    left join act_contacts on listed.customer_key = act_contacts.customer_key
    left join recent on listed.customer_key = recent.customer_key
    left join drawn on listed.customer_key = drawn.customer_key
),

final as (
    select
        *,
        case
            when store_id is null then 'no_store'
            when is_staff then 'staff'
            when has_open_complaint then 'open_complaint'
            when contact_channel is null then 'consent'
            when is_recently_contacted and list_name <> 'deprioritise' then 'contact_cap'
            when holdout_hash < :holdout_threshold then 'holdout'
        end as guardrail,
        case list_name
            when 'reward' then greatest(expected_value_minor, 0)
            when 'incentivise' then cast(floor(value_minor * (1 - active_ratio)) as bigint)
            when 'activate' then greatest(potential_minor, value_minor, 0)
            else -curve_profit_minor
        end as stake_minor
    from reached
)

select * from final
