/*
grain: one row per board, customer rank, currency and snapshot date
kind: snapshot
inputs: [snap_board_customers]
unique: [scope, scope_id, customer_rank, currency_code, snapshot_date]
params: [first_date, last_date]
publish: true
describe: "Cumulative true profit, best customer first: of the group, each store, each kind. ‖ 鲸鱼曲线：由高到低的累计真实利润。"
*/
with ranked as (
    select
        scope, scope_id, customer_key, currency_code, true_profit_minor, snapshot_date,
        row_number() over (
            partition by scope, scope_id, currency_code, snapshot_date
            order by true_profit_minor desc, customer_key
        ) as customer_rank,
        count(*) over (
            partition by scope, scope_id, currency_code, snapshot_date
        ) as customer_count
    from snap_board_customers
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

final as (
    select
        scope,
        scope_id,
        cast(customer_rank as bigint) as customer_rank,
        cast(customer_count as bigint) as customer_count,
        customer_key,
        currency_code,
        true_profit_minor,
        cast(sum(true_profit_minor) over (
            partition by scope, scope_id, currency_code, snapshot_date order by customer_rank
            rows between unbounded preceding and current row
        ) as bigint) as cumulative_profit_minor,
        snapshot_date
    from ranked
)

select * from final
