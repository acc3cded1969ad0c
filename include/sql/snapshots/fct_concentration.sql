/*
grain: one row per currency and snapshot date
kind: snapshot
inputs: [fct_whale_curve]
unique: [currency_code, snapshot_date]
params: [first_date, last_date]
publish: true
describe: "The 80/20 board: k80, peak, erosion, share below zero, Gini with losses, dependence. ‖ 二八看板。"
*/
with curve as (
    select
        *,
        cast(sum(cm2_minor) over (partition by currency_code, snapshot_date) as bigint)
            as total_minor,
        cast(sum(greatest(cm2_minor, 0)) over (
            partition by currency_code, snapshot_date
        ) as bigint) as gains_minor
    from fct_whale_curve
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- Sorted best first, the sum over all pairs of |xi − xj| is 2 Σ (N + 1 − 2 rank) x.
summed as (
    select
        currency_code,
        snapshot_date,
        max(customer_count) as customer_count,
        max(total_minor) as total_minor,
        max(gains_minor) as gains_minor,
        max(cumulative_cm2_minor) as peak_minor,
        min(customer_rank) filter (
            where cumulative_cm2_minor * 5 >= total_minor * 4
        ) as k80_rank,
        count(*) filter (where cm2_minor < 0) as below_zero_count,
        cast(sum(cast(customer_count + 1 - 2 * customer_rank as double) * cm2_minor)
            as double) as pair_sum,
        sum(cm2_minor) filter (where customer_rank <= 1) as top_1_minor,
        sum(cm2_minor) filter (where customer_rank <= 5) as top_5_minor,
        sum(cm2_minor) filter (where customer_rank <= 10) as top_10_minor,
        cast(sum(cast(floor(
            pow(cast(greatest(cm2_minor, 0) as double) / nullif(gains_minor, 0), 2)
            * 1000000000000
        ) as bigint)) as double) / 1000000000000 as herfindahl_index
    from curve
    group by currency_code, snapshot_date
),

final as (
    select
        currency_code,
        cast(customer_count as bigint) as customer_count,
        cast(total_minor as bigint) as cm2_minor,
        cast(peak_minor as bigint) as peak_minor,
        cast(peak_minor - total_minor as bigint) as erosion_minor,
        cast(gains_minor as bigint) as gains_minor,
        cast(case when total_minor > 0
            then cast(k80_rank as double) / nullif(customer_count, 0) end as double) as k80_ratio,
        cast(case when total_minor > 0
            then cast(peak_minor as double) / nullif(total_minor, 0) end as double) as peak_ratio,
        cast(cast(below_zero_count as double) / nullif(customer_count, 0) as double)
            as below_zero_ratio,
        cast(pair_sum / nullif(
            cast(customer_count - 1 as double) * (2 * gains_minor - total_minor), 0
        ) as double) as gini_ratio,
        cast(herfindahl_index as double) as herfindahl_index,
        cast(1 / nullif(herfindahl_index, 0) as double) as effective_customer_count,
        cast(top_1_minor as bigint) as top_1_minor,
        cast(top_5_minor as bigint) as top_5_minor,
        cast(top_10_minor as bigint) as top_10_minor,
        snapshot_date
    from summed
)

select * from final
