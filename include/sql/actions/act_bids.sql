/*
grain: one row per candidate with something to do for him
kind: full
inputs: [act_options]
unique: [customer_key]
describe: "The best that costs nothing, and the best that costs something, of each customer. ‖ 每位客户的最佳免费与最佳付费选项。"
*/
with free as (
    select customer_key, action_rung, added_profit_minor
    from act_options
    where cost_minor = 0
    qualify row_number() over (
        partition by customer_key order by added_profit_minor desc, action_rung, customer_key
    ) = 1
),

paid as (
    select customer_key, action_rung, cost_minor, added_profit_minor, verdict
    from act_options
    where cost_minor > 0
    qualify row_number() over (
        partition by customer_key
        order by
            case action_rung when 'hand' then 0 else 1 end,
            added_profit_minor desc, action_rung, customer_key
    ) = 1
),

everybody as (
    select distinct customer_key, list_name, store_id, is_held_out from act_options
),

compared as (
    select
        everybody.*,
        free.action_rung as free_rung,
        coalesce(free.added_profit_minor, 0) as free_added_minor,
        paid.action_rung as paid_rung,
        paid.cost_minor,
        paid.added_profit_minor - coalesce(free.added_profit_minor, 0) as gain_minor,
        paid.verdict <> 'measured' as is_test,
        coalesce(paid.action_rung = 'hand', false) as is_by_hand
    from everybody
    left join free on everybody.customer_key = free.customer_key
    left join paid on everybody.customer_key = paid.customer_key
),

final as (
    select
        customer_key, list_name, store_id, is_held_out, free_rung, free_added_minor,
        case when is_by_hand or gain_minor > 0 then paid_rung end as paid_rung,
        coalesce(cost_minor, 0) as cost_minor, coalesce(gain_minor, 0) as gain_minor,
        coalesce(is_test, false) as is_test, is_by_hand
    from compared
)

select * from final
