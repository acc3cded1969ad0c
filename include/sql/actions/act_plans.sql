/*
grain: one row per candidate with something to do for him
kind: full
inputs: [act_bids, act_fundings, act_options, act_candidates]
unique: [customer_key]
describe: "The one thing to do for a customer, what came second, and who is left alone. ‖ 每位客户的唯一动作、次优动作与对照安排。"
*/
with chosen as (
    select
        bids.customer_key, bids.list_name, bids.is_held_out, bids.is_by_hand,
        coalesce(bids.paid_rung, bids.free_rung) as wanted_rung,
        case when fundings.customer_key is not null then bids.paid_rung else bids.free_rung end
            as action_rung
    from act_bids as bids
    left join act_fundings as fundings on bids.customer_key = fundings.customer_key
),

runners_up as (
    select options.customer_key, options.action_rung, options.added_profit_minor
    from act_options as options
    inner join chosen on options.customer_key = chosen.customer_key
    where options.action_rung <> chosen.action_rung
    qualify row_number() over (
        partition by options.customer_key
        order by options.added_profit_minor desc, options.action_rung, options.customer_key
    ) = 1
),

final as (
    select
        chosen.customer_key, chosen.list_name, chosen.wanted_rung, chosen.action_rung,
        options.is_money, options.verdict, options.cost_minor, options.contact_cost_minor,
        options.p0_ppm, options.p1_ppm, options.visit_cm2_minor, options.order_cm3_minor,
        options.offer_ceiling_minor, options.allowed_minor, options.added_profit_minor,
        runners_up.action_rung as runner_up_rung,
        runners_up.added_profit_minor as runner_up_added_profit_minor,
        chosen.is_by_hand,
        case
            when chosen.list_name <> 'deprioritise' and options.added_profit_minor <= 0
                and not chosen.is_by_hand then 'no_gain'
            when chosen.is_held_out then 'holdout'
            when candidates.is_shadow then 'shadow'
        end as guardrail
    from chosen
    inner join act_options as options
        on chosen.customer_key = options.customer_key
        and chosen.action_rung = options.action_rung
    inner join act_candidates as candidates on chosen.customer_key = candidates.customer_key
    left join runners_up on chosen.customer_key = runners_up.customer_key
)

select * from final
