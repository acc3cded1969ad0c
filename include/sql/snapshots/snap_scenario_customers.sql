/*
grain: one row per board, scenario, customer rank, currency and snapshot date
kind: snapshot
inputs: [snap_board_customers, ref_cost_scenarios]
unique: [scope, scope_id, scenario, customer_rank, currency_code, snapshot_date]
params: [first_date, last_date]
describe: "The whale curve when costs are lower or higher than booked: linear in the components. ‖ 不同成本假设下的鲸鱼曲线。"
*/
-- The base has every cost at 100 %: nothing is added, and the curve is the published one.
with assumed as (
    select
        boards.scope, boards.scope_id, scenarios.scenario, boards.customer_key,
        boards.currency_code, boards.true_profit_minor,
        (
            food_cost_minor * (food_percent - 100)
            + packaging_cost_minor * (packaging_percent - 100)
            + channel_cost_minor * (channel_percent - 100)
            + payment_fee_minor * (payment_percent - 100)
            + incentive_cost_minor * (incentive_percent - 100)
            + contact_cost_minor * (contact_percent - 100)
            + service_cost_minor * (service_percent - 100)
            + complaint_cost_minor * (complaint_percent - 100)
            + acquisition_cost_minor * (acquisition_percent - 100)
            + credit_cost_minor * (credit_percent - 100)
        ) as extra_cost,
        boards.snapshot_date
    from snap_board_customers as boards
    cross join ref_cost_scenarios as scenarios
    where boards.snapshot_date >= :first_date and boards.snapshot_date <= :last_date
),

costed as (
    select
        scope, scope_id, scenario, customer_key, currency_code,
        cast(
            true_profit_minor - sign(extra_cost) * ((abs(extra_cost) + 50) // 100) as bigint
        ) as scenario_profit_minor,
        snapshot_date
    from assumed
),

ranked as (
    select
        *,
        row_number() over (
            partition by scope, scope_id, scenario, currency_code, snapshot_date
            order by scenario_profit_minor desc, customer_key
        ) as customer_rank,
        count(*) over (
            partition by scope, scope_id, scenario, currency_code, snapshot_date
        ) as customer_count
    from costed
),

final as (
    select
        scope, scope_id, scenario,
        cast(customer_rank as bigint) as customer_rank,
        cast(customer_count as bigint) as customer_count,
        currency_code,
        scenario_profit_minor,
        cast(sum(scenario_profit_minor) over (
            partition by scope, scope_id, scenario, currency_code, snapshot_date
            order by customer_rank
            rows between unbounded preceding and current row
        ) as bigint) as cumulative_profit_minor,
        snapshot_date
    from ranked
)

select * from final
