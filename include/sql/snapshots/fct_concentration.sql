/*
grain: one row per board, currency and snapshot date
kind: snapshot
inputs: [snap_board_sums]
unique: [scope, scope_id, currency_code, snapshot_date]
params: [first_date, last_date]
publish: true
describe: "The 80/20 board: k80, peak, erosion, share below zero, Gini with losses, dependence. ‖ 二八看板。"
*/
-- A share of a loss says nothing: without a profit there is money only.
with shared as (
    select
        *,
        case when total_minor > 0 then cast(total_minor as double) end as whole
    from snap_board_sums
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

final as (
    select
        scope,
        scope_id,
        currency_code,
        cast(customer_count as bigint) as customer_count,
        cast(total_minor as bigint) as true_profit_minor,
        cast(gains_minor as bigint) as gains_minor,
        cast(peak_minor as bigint) as peak_minor,
        cast(peak_minor / nullif(whole, 0) as double) as peak_ratio,
        cast(peak_minor - total_minor as bigint) as erosion_minor,
        cast((peak_minor - total_minor) / nullif(whole, 0) as double) as erosion_ratio,
        cast(case when total_minor > 0 then k80_rank end as bigint) as k80_count,
        cast(case when total_minor > 0
            then cast(k80_rank as double) / nullif(customer_count, 0) end as double) as k80_ratio,
        cast(below_zero_count as bigint) as below_zero_count,
        cast(cast(below_zero_count as double) / nullif(customer_count, 0) as double)
            as below_zero_ratio,
        cast(pair_sum / nullif(
            cast(customer_count - 1 as double) * (2 * gains_minor - total_minor), 0
        ) as double) as gini_ratio,
        cast(herfindahl_index as double) as herfindahl_index,
        cast(1 / nullif(herfindahl_index, 0) as double) as effective_customer_count,
        top_1_minor,
        cast(top_1_minor / nullif(whole, 0) as double) as top_1_ratio,
        top_5_minor,
        cast(top_5_minor / nullif(whole, 0) as double) as top_5_ratio,
        top_10_minor,
        cast(top_10_minor / nullif(whole, 0) as double) as top_10_ratio,
        cast(total_minor - top_5_minor as bigint) as without_top_5_minor,
        snapshot_date
    from shared
)

select * from final
