/*
grain: one row per customer with a visit in the window, group of peers he is ranked in, and snapshot date
kind: snapshot
inputs: [snap_scorecard_dimensions, ref_scorecard_weights]
unique: [row_no, snapshot_date]
params: [first_date, last_date, floored_score, iron_demote, gold_demote, platinum_demote]
describe: "The score under the policy's own weights (set 0), and how many jittered sets let a customer keep each tier. ‖ 评分及权重扰动。"
*/
-- Whole logarithms, their mean rounded: equals tie, on every engine. Below 1 counts as 1.
with logs as (
    select
        row_no, peer_no, peer_count, is_floored, snapshot_date,
        cast(floor(ln(greatest(profit_micro, 1000000)) * 1000000000) as bigint) as profit,
        cast(floor(ln(greatest(loyalty_micro, 1000000)) * 1000000000) as bigint) as loyalty,
        cast(floor(ln(greatest(potential_micro, 1000000)) * 1000000000) as bigint) as potential,
        cast(floor(ln(greatest(independence_micro, 1000000)) * 1000000000) as bigint)
            as independence,
        cast(floor(ln(greatest(ease_micro, 1000000)) * 1000000000) as bigint) as ease,
        cast(floor(ln(:floored_score * cast(1000000 as double)) * 1000000000) as bigint) as cap
    from snap_scorecard_dimensions
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

scored as (
    select
        row_no, peer_no, peer_count, snapshot_date, weights.set_no,
        (50 + least(
            logs.profit * weights.profit + logs.loyalty * weights.loyalty
            + logs.potential * weights.potential + logs.independence * weights.independence
            + logs.ease * weights.ease,
            case when is_floored then logs.cap * weights.total end
        ) // weights.total) // 100 as score_log
    from logs
    cross join ref_scorecard_weights as weights
),

placed as (
    select
        row_no, snapshot_date, set_no, score_log,
        coalesce((
            rank() over best + count(*) over best - 2
        ) * 50000000 // nullif(peer_count - 1, 0), 50000000) as micro
    from scored
    window best as (partition by snapshot_date, peer_no, set_no order by score_log)
),

final as (
    select
        row_no,
        max(score_log) filter (where set_no = 0) as score_log,
        max(micro) filter (where set_no = 0) as percentile_micro,
        cast(count(*) filter (where set_no > 0) as bigint) as jitter_count,
        cast(count(*) filter (where set_no > 0 and micro >= :iron_demote * 1000000) as bigint)
            as iron_count,
        cast(count(*) filter (where set_no > 0 and micro >= :gold_demote * 1000000) as bigint)
            as gold_count,
        cast(count(*) filter (where set_no > 0 and micro >= :platinum_demote * 1000000) as bigint)
            as platinum_count,
        snapshot_date
    from placed
    group by row_no, snapshot_date
)

select * from final
