/*
grain: one row per customer of the deprioritise list and indirect lever that suits him
kind: full
inputs: [act_candidates, act_visits]
unique: [customer_key, action_rung]
params: [horizon_days, curve_days, lever_bps]
describe: "Indirect levers only: promotions, channel, hours. Menu price and service stay. ‖ 仅限间接手段：促销、渠道、时段；菜单价格与服务不变。"
*/
with judged as (
    select candidates.*, visits.discount_minor, visits.channel_cost_minor,
        visits.service_cost_minor, visits.busy_order_count, visits.order_count as year_orders,
        visits.main_channel
    from act_candidates as candidates
    inner join act_visits as visits on candidates.customer_key = visits.customer_key
    where candidates.guardrail is null and candidates.list_name = 'deprioritise'
),

-- What could be saved in a year if the guest followed.
levers as (
    select customer_key, list_name, store_id, is_held_out,
        'pause_promotions' as action_rung, discount_minor as saving_minor
    from judged where is_specials_only or discount_minor = 0
    union all
    select customer_key, list_name, store_id, is_held_out, 'minimum_spend', discount_minor
    from judged where not is_specials_only and discount_minor > 0
    union all
    select customer_key, list_name, store_id, is_held_out, 'own_channel', channel_cost_minor
    from judged where main_channel = 'platform'
    union all
    select customer_key, list_name, store_id, is_held_out, 'quiet_hours',
        cast(service_cost_minor * busy_order_count // greatest(year_orders, 1) as bigint)
    from judged where busy_order_count > 0
),

final as (
    select
        customer_key, list_name, store_id, is_held_out, action_rung,
        cast(greatest(saving_minor, 0) * :lever_bps // 10000 * :horizon_days // :curve_days
            as bigint) as added_profit_minor
    from levers
)

select * from final
