/*
grain: one row per customer on a list on the date
kind: full
inputs: [snap_customer_tiers, int_customers, act_contacts, act_overrides, ops_contact_memory]
unique: [customer_key]
params: [business_date, contact_month_cap, has_platform_audience]
describe: "Who is on which list, how to reach him, and the rule that stands before it. ‖ 名单成员、触达方式与限制。"
*/
with listed as (
    select tiers.*, coalesce(known.is_profiling_opt_out, false) as is_profiling_opt_out
    from snap_customer_tiers as tiers
    left join int_customers as known on tiers.customer_key = known.customer_key
    where tiers.snapshot_date = :business_date and tiers.list_name is not null
),

memory as (
    select
        customer_key, gap_contact_count, month_contact_count, month_spent_minor,
        lever_since_on, lever_until_on
    from ops_contact_memory
),

reached as (
    select
        listed.*,
        case
            when list_name = 'deprioritise' then 'internal'
            when customer_kind = 'business' then 'account_owner'
            when act_contacts.contact_channel is not null then act_contacts.contact_channel
            when :has_platform_audience then 'platform_audience'
            when list_name = 'reward' then 'at_next_visit'
        end as contact_channel,
        coalesce(overrides.is_suppressed, false) as is_suppressed,
        coalesce(overrides.is_offer_expired, false) as is_offer_expired,
        overrides.hand_offer_minor,
        coalesce(memory.gap_contact_count, 0) as gap_contact_count,
        coalesce(memory.month_contact_count, 0) as month_contact_count,
        coalesce(memory.month_spent_minor, 0) as month_spent_minor,
        memory.lever_since_on, memory.lever_until_on
    from listed
    left join act_contacts on listed.customer_key = act_contacts.customer_key
    left join act_overrides as overrides on listed.customer_key = overrides.customer_key
    left join memory on listed.customer_key = memory.customer_key
),

final as (
    select
        customer_key, customer_kind, tier, segment, stage, list_name, store_id,
        visit_count, age_days, silent_days, expected_gap_days, overdue_ratio,
        tier_profit_minor, potential_minor, discounted_order_count, order_count,
        is_specials_only, contact_channel, hand_offer_minor, is_offer_expired,
        month_spent_minor, lever_since_on, lever_until_on, currency_code, snapshot_date,
        case list_name
            when 'reward' then greatest(expected_value_minor, 0)
            when 'incentivise' then cast(floor(value_minor * (1 - active_ratio)) as bigint)
            when 'activate' then greatest(potential_minor, value_minor, 0)
            else -curve_profit_minor
        end as stake_minor,
        case
            when is_profiling_opt_out then 'profiling_opt_out'
            when store_id is null then 'no_store'
            when is_staff then 'staff'
            when has_open_complaint then 'open_complaint'
            when is_suppressed and list_name <> 'deprioritise' then 'suppression'
            when contact_channel is null then 'consent'
            when list_name <> 'deprioritise'
                and (gap_contact_count > 0 or month_contact_count >= :contact_month_cap)
                then 'contact_cap'
        end as wish_or_rule
    from reached
)

select * from final
