/*
grain: one row per candidate and rung of the ladder that suits him
kind: full
inputs: [act_candidates, act_visits, act_response_rates, snap_customer_scores, snap_newcomer_screens]
unique: [customer_key, action_rung]
params: [contact_cost, sure_return_ppm, small_ratio, rich_ratio]
describe: "What each rung would bring back of whom: chances without and with it, and what it costs. ‖ 各档位的回访概率与成本。"
*/
with judged as (
    select
        candidates.*,
        visits.visit_cm2_minor, visits.order_cm3_minor,
        coalesce(screens.probation_offer_minor, 0) as probation_offer_minor,
        cast(floor(scores.return_ratio * 1000000) + 1 as bigint) as own_return_ppm,
        candidates.contact_channel = 'account_owner' as is_called,
        candidates.tier in ('gold', 'platinum') as is_big,
        coalesce(candidates.overdue_ratio, 0) as lateness,
        case when candidates.contact_channel in ('sms', 'wechat', 'email', 'push', 'phone')
            then :contact_cost else 0 end as contact_cost_minor
    from act_candidates as candidates
    inner join act_visits as visits on candidates.customer_key = visits.customer_key
    left join snap_customer_scores as scores
        on candidates.customer_key = scores.customer_key
        and candidates.snapshot_date = scores.snapshot_date
    left join snap_newcomer_screens as screens
        on candidates.customer_key = screens.customer_key
        and candidates.snapshot_date = screens.snapshot_date
    where candidates.guardrail is null
),

-- Without own visits the list's prior speaks. Rounded against the offer: p0 up, p1 down.
priced as (
    select
        judged.*,
        rates.action_rung, rates.is_money, rates.verdict,
        coalesce(rates.cost_minor, judged.hand_offer_minor) as cost_minor,
        least(coalesce(own_return_ppm, rates.return_ppm), 1000000) as p0_ppm,
        least(coalesce(own_return_ppm, rates.return_ppm) + rates.lift_ppm, 1000000) as p1_ppm
    from judged
    inner join act_response_rates as rates on judged.list_name = rates.list_name
),

-- Non-cash first for those who hold a tier; richer only as the silence grows.
suited as (
    select * from priced
    where case action_rung
        when 'call' then is_called
        when 'note' then not is_called
        when 'perk' then not is_called and (
            (list_name = 'reward' and (tier = 'platinum' or stage = 'strengthen'))
            or (list_name = 'incentivise' and is_big)
        )
        when 'hand' then not is_called and hand_offer_minor is not null
        when 'small' then not is_called and p0_ppm < :sure_return_ppm and (
            segment in ('prospect', 'lapsed')
            or (list_name = 'incentivise' and lateness >= :small_ratio
                and (not is_big or lateness >= :rich_ratio))
        )
        when 'rich' then not is_called and p0_ppm < :sure_return_ppm
            and list_name = 'incentivise' and lateness >= :rich_ratio and not is_big
    end
),

final as (
    select
        customer_key, list_name, segment, action_rung, is_money, verdict, cost_minor,
        contact_cost_minor, visit_cm2_minor, order_cm3_minor, probation_offer_minor,
        tier_profit_minor, month_spent_minor, hand_offer_minor, is_held_out, store_id,
        p0_ppm, p1_ppm
    from suited
)

select * from final
