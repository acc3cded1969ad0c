/*
grain: one row per board, scenario, hundredth of the customers, currency and snapshot date
kind: snapshot
inputs: [snap_scenario_customers]
unique: [scope, scope_id, scenario, customer_percent, currency_code, snapshot_date]
params: [first_date, last_date]
publish: true
describe: "The whale curve of each cost assumption in a hundred points, best customer first. ‖ 各成本假设的鲸鱼曲线（百分点）。"
*/
with placed as (
    select
        *,
        (customer_rank * 100 + customer_count - 1) // customer_count as customer_percent
    from snap_scenario_customers
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- The last customer of every hundredth; few customers have fewer points.
final as (
    select
        scope,
        scope_id,
        scenario,
        cast(customer_percent as bigint) as customer_percent,
        customer_rank,
        customer_count,
        currency_code,
        cumulative_profit_minor,
        snapshot_date
    from placed
    qualify row_number() over (
        partition by
            scope, scope_id, scenario, placed.customer_percent, currency_code, snapshot_date
        order by customer_rank desc
    ) = 1
)

select * from final
