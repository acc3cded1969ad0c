/*
grain: one row per customer with an action on the date
kind: full
inputs: [act_plans, act_candidates, ref_action_codes]
unique: [customer_key]
params: [expires_on, review_on, policy_version]
describe: "What was chosen for a customer before exceptions are looked at. ‖ 例外审核前的动作选择。"
*/
with cleared as (
    select
        candidates.*,
        plans.action_rung, plans.is_money, plans.verdict, plans.cost_minor, plans.p0_ppm,
        plans.p1_ppm, plans.visit_cm2_minor, plans.order_cm3_minor, plans.contact_cost_minor,
        plans.offer_ceiling_minor, plans.allowed_minor, plans.added_profit_minor,
        plans.runner_up_rung, plans.runner_up_added_profit_minor, plans.is_by_hand,
        case
            when candidates.list_name <> 'activate' then candidates.list_name
            when segment in ('prospect', 'lapsed') then segment
            else 'activate'
        end as code_scope
    from act_candidates as candidates
    inner join act_plans as plans on candidates.customer_key = plans.customer_key
    where plans.guardrail is null
),

codes as (
    select code_scope, action_rung, action_code from ref_action_codes
),

coded as (
    select
        cleared.*, codes.action_code, seconds.action_code as runner_up_action_code,
        row_number() over (
            partition by list_name order by added_profit_minor desc, cleared.customer_key
        ) as priority
    from cleared
    inner join codes
        on cleared.code_scope = codes.code_scope and cleared.action_rung = codes.action_rung
    left join codes as seconds
        on cleared.code_scope = seconds.code_scope
        and cleared.runner_up_rung = seconds.action_rung
),

final as (
    select
        customer_key, customer_kind, list_name, segment, tier, stage, action_code, action_rung,
        contact_channel, store_id,
        cast(case when is_money then cost_minor else 0 end as bigint) as offer_minor,
        cost_minor, contact_cost_minor, p0_ppm, p1_ppm, visit_cm2_minor, order_cm3_minor,
        offer_ceiling_minor, allowed_minor, added_profit_minor, verdict, is_by_hand,
        runner_up_action_code, runner_up_added_profit_minor,
        currency_code,
        cast(priority as bigint) as priority,
        cast(stake_minor as bigint) as stake_minor,
        visit_count, silent_days,
        cast(floor(expected_gap_days + cast(0.5 as double)) as bigint) as usual_gap_days,
        tier_profit_minor, potential_minor, discounted_order_count, order_count,
        is_specials_only,
        case when list_name = 'deprioritise' then coalesce(lever_since_on, snapshot_date)
            else snapshot_date end as starts_on,
        case when list_name = 'deprioritise'
            then coalesce(lever_until_on, cast(:review_on as date))
            else cast(:expires_on as date) end as expires_on,
        cast(:policy_version as text) as policy_version,
        snapshot_date as business_date
    from coded
)

select * from final
