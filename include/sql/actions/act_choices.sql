/*
grain: one row per customer with an action on the date
kind: full
inputs: [act_candidates]
unique: [customer_key]
params: [offer, store_budget, expires_on, rich_ratio, policy_version]
describe: "What was chosen for a customer before exceptions are looked at. ‖ 例外审核前的动作选择。"
*/
with cleared as (
    select
        *,
        list_name = 'incentivise' and overdue_ratio >= :rich_ratio
        and tier_profit_minor * 3 >= :offer * 10 and :offer > 0 as is_offer_sound
    from act_candidates
    where guardrail is null
),

ranked as (
    select
        *,
        row_number() over (
            partition by list_name order by stake_minor desc, customer_key
        ) as priority,
        row_number() over (
            partition by store_id, is_offer_sound order by stake_minor desc, customer_key
        ) as offer_rank
    from cleared
),

offered as (
    select
        *,
        case when is_offer_sound and offer_rank * :offer <= :store_budget
            then cast(:offer as bigint) else 0
        end as offer_minor
    from ranked
),

final as (
    select
        customer_key, list_name, segment, tier,
        case
            when list_name = 'reward' and tier = 'platinum' then 'A11'
            when list_name = 'reward' then 'A10'
            when list_name = 'incentivise' and offer_minor > 0 then 'A21'
            when list_name = 'incentivise' then 'A20'
            when segment = 'prospect' then 'A30'
            when segment = 'lapsed' then 'A31'
            when list_name = 'activate' then 'A32'
            when is_specials_only then 'A40'
            else 'A41'
        end as action_code,
        contact_channel, store_id,
        cast(offer_minor as bigint) as offer_minor,
        currency_code,
        cast(priority as bigint) as priority,
        cast(stake_minor as bigint) as stake_minor,
        case
            when list_name = 'deprioritise' then 'below_cost'
            when visit_count = 0 then 'no_visit_yet'
            when list_name = 'reward' then 'on_rhythm'
            when segment in ('wavering', 'lapsed') then 'off_rhythm'
            else 'getting_to_know'
        end as reason_1_code,
        case
            when list_name = 'reward' then 'brings_profit'
            when list_name = 'incentivise' then 'profit_at_stake'
            when list_name = 'activate' and potential_minor > 0 then 'has_potential'
        end as reason_2_code,
        case when is_specials_only then 'specials_only' when tier <> 'lead' then 'tier_held' end
            as reason_3_code,
        visit_count, silent_days,
        cast(floor(expected_gap_days + cast(0.5 as double)) as bigint) as usual_gap_days,
        tier_profit_minor, potential_minor, discounted_order_count, order_count,
        snapshot_date as starts_on,
        cast(:expires_on as date) as expires_on,
        cast(:policy_version as text) as policy_version,
        snapshot_date as business_date
    from offered
)

select * from final
