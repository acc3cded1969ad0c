/*
grain: one row per board, scenario, currency and snapshot date
kind: snapshot
inputs: [snap_scenario_customers]
unique: [scope, scope_id, scenario, currency_code, snapshot_date]
params: [first_date, last_date]
publish: true
describe: "The board under low, base and hard cost assumptions, so that nobody believes a single curve. ‖ 低、基准、高成本假设下的看板。"
*/
with curve as (
    select
        *,
        cast(sum(scenario_profit_minor) over (
            partition by scope, scope_id, scenario, currency_code, snapshot_date
        ) as bigint) as total_minor
    from snap_scenario_customers
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

summed as (
    select
        scope, scope_id, scenario, currency_code, snapshot_date,
        max(customer_count) as customer_count,
        max(total_minor) as total_minor,
        greatest(max(cumulative_profit_minor), 0) as peak_minor,
        count(*) filter (where scenario_profit_minor > 0) as peak_count,
        min(customer_rank) filter (
            where cumulative_profit_minor * 5 >= total_minor * 4
        ) as k80_rank,
        count(*) filter (where scenario_profit_minor < 0) as below_zero_count,
        cast(sum(scenario_profit_minor) filter (where customer_rank <= 5) as bigint)
            as top_5_minor
    from curve
    group by scope, scope_id, scenario, currency_code, snapshot_date
),

final as (
    select
        scope,
        scope_id,
        scenario,
        currency_code,
        cast(customer_count as bigint) as customer_count,
        cast(total_minor as bigint) as true_profit_minor,
        cast(peak_minor as bigint) as peak_minor,
        cast(cast(peak_count as double) / nullif(customer_count, 0) as double)
            as peak_customer_ratio,
        cast(peak_minor - total_minor as bigint) as erosion_minor,
        cast(case when total_minor > 0 then k80_rank end as bigint) as k80_count,
        cast(case when total_minor > 0
            then cast(k80_rank as double) / nullif(customer_count, 0) end as double) as k80_ratio,
        cast(cast(below_zero_count as double) / nullif(customer_count, 0) as double)
            as below_zero_ratio,
        cast(total_minor - top_5_minor as bigint) as without_top_5_minor,
        snapshot_date
    from summed
)

select * from final
