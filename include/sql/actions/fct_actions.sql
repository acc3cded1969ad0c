/*
grain: one row per customer and business date
kind: days
inputs: [act_choices, act_withholdings]
unique: [customer_key, business_date]
params: [first_date, last_date]
publish: true
describe: "Today's action for a customer: one at most, with its reasons. ‖ 当日每位客户至多一个动作。"
*/
with withheld as (
    select customer_key, min(exception_key) as exception_key
    from act_withholdings
    where business_date >= :first_date and business_date <= :last_date
    group by customer_key
),

final as (
    select
        chosen.customer_key, list_name, segment, tier, action_code,
        contact_channel, store_id, offer_minor, cost_minor, contact_cost_minor,
        currency_code, priority, stake_minor,
        visit_cm2_minor, order_cm3_minor,
        cast(cast(p0_ppm as double) / 1000000 as double) as return_without_ratio,
        cast(cast(p1_ppm as double) / 1000000 as double) as return_with_ratio,
        offer_ceiling_minor, added_profit_minor, runner_up_action_code,
        runner_up_added_profit_minor, verdict = 'measured' as is_uplift_measured,
        is_by_hand,
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
        case
            when offer_minor > 0 then 'offer_pays'
            when is_specials_only then 'specials_only'
            when tier <> 'lead' then 'tier_held'
        end as reason_3_code,
        visit_count, silent_days, usual_gap_days,
        tier_profit_minor, potential_minor, discounted_order_count, order_count,
        withheld.exception_key is not null as is_withheld,
        withheld.exception_key,
        starts_on, expires_on, policy_version, business_date
    from act_choices as chosen
    left join withheld on chosen.customer_key = withheld.customer_key
    where business_date >= :first_date and business_date <= :last_date
)

select * from final
