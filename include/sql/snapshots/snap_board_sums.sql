/*
grain: one row per board, currency and snapshot date
kind: snapshot
inputs: [fct_whale_curve]
unique: [scope, scope_id, currency_code, snapshot_date]
params: [first_date, last_date]
describe: The whole numbers behind the 80/20 board. ‖ 二八看板的整数合计。
*/
with curve as (
    select
        *,
        cast(sum(true_profit_minor) over (
            partition by scope, scope_id, currency_code, snapshot_date
        ) as bigint) as total_minor,
        cast(sum(greatest(true_profit_minor, 0)) over (
            partition by scope, scope_id, currency_code, snapshot_date
        ) as bigint) as gains_minor
    from fct_whale_curve
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- Sorted best first, the sum over all pairs of |xi − xj| is 2 Σ (N + 1 − 2 rank) x.
final as (
    select
        scope, scope_id, currency_code, snapshot_date,
        max(customer_count) as customer_count,
        max(total_minor) as total_minor,
        max(gains_minor) as gains_minor,
        greatest(max(cumulative_profit_minor), 0) as peak_minor,
        min(customer_rank) filter (
            where cumulative_profit_minor * 5 >= total_minor * 4
        ) as k80_rank,
        cast(count(*) filter (where true_profit_minor < 0) as bigint) as below_zero_count,
        cast(sum((customer_count + 1 - 2 * customer_rank) * true_profit_minor) as double)
            as pair_sum,
        cast(sum(true_profit_minor) filter (where customer_rank <= 1) as bigint) as top_1_minor,
        cast(sum(true_profit_minor) filter (where customer_rank <= 5) as bigint) as top_5_minor,
        cast(sum(true_profit_minor) filter (where customer_rank <= 10) as bigint)
            as top_10_minor,
        cast(sum(cast(floor(
            pow(cast(greatest(true_profit_minor, 0) as double) / nullif(gains_minor, 0), 2)
            * 1000000000000
        ) as bigint)) as double) / 1000000000000 as herfindahl_index
    from curve
    group by scope, scope_id, currency_code, snapshot_date
)

select * from final
