/*
grain: one row per candidate and thing that may be done for him
kind: full
inputs: [act_prices, act_levers]
unique: [customer_key, action_rung]
params: [ceiling_bps, profit_bps]
describe: "Options with their ceiling and expected added profit. ‖ 可选动作：权益上限与预期增量利润。"
*/
-- c_max = m (1 - p0 / p1) - k / p1 = (m (p1 - p0) - k) / p1, in whole minor units, rounded down.
with capped as (
    select
        *,
        cast(greatest(visit_cm2_minor * (p1_ppm - p0_ppm) - contact_cost_minor * 1000000, 0)
            // greatest(p1_ppm, 1) as bigint) as offer_ceiling_minor,
        greatest(case
            when segment = 'prospect' then probation_offer_minor
            else cast(greatest(tier_profit_minor, 0) * :profit_bps // 10000 as bigint)
        end - month_spent_minor, 0) as profit_cap_minor
    from act_prices
),

limited as (
    select
        *,
        least(
            cast(offer_ceiling_minor * :ceiling_bps // 10000 as bigint), profit_cap_minor,
            greatest(order_cm3_minor, 0)
        ) as allowed_minor,
        cast(floor(
            cast(p1_ppm * (visit_cm2_minor - cost_minor) - p0_ppm * visit_cm2_minor as double)
            / 1000000
        ) as bigint) - contact_cost_minor as added_profit_minor
    from capped
),

-- An offer set by hand stands for itself: above its limit it waits for a person.
affordable as (
    select * from limited
    where
        action_rung = 'hand'
        or (cost_minor = 0 and not is_money)
        or (cost_minor > 0 and cost_minor <= allowed_minor and hand_offer_minor is null)
),

final as (
    select
        customer_key, list_name, store_id, action_rung, is_money, verdict, is_held_out,
        cost_minor, contact_cost_minor, p0_ppm, p1_ppm, visit_cm2_minor, order_cm3_minor,
        offer_ceiling_minor, allowed_minor, added_profit_minor
    from affordable
    union all
    select
        customer_key, list_name, store_id, action_rung, false, 'not_enough', is_held_out,
        cast(0 as bigint), cast(0 as bigint), null, null, null, null,
        cast(0 as bigint), cast(0 as bigint), added_profit_minor
    from act_levers
)

select * from final
