/*
grain: one row per customer with a visit in the tier window and snapshot date
kind: snapshot
inputs: [snap_scorecard_peers, snap_scorecard_dimensions, snap_scorecard_jitters]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, borderline_ratio, iron_demote, gold_demote, platinum_demote]
publish: true
describe: "The scorecard: five dimensions among peers, their weighted geometric mean with floors, and how firm its place is. ‖ 评分卡：五维百分位、加权几何平均与稳健性。"
*/
with joined as (
    select
        peers.customer_key, peers.peer_kind, peers.peer_group, peers.peer_count,
        dimensions.profit_micro, dimensions.loyalty_micro, dimensions.potential_micro,
        dimensions.independence_micro, dimensions.ease_micro, dimensions.is_floored,
        jitters.score_log, jitters.percentile_micro, jitters.jitter_count,
        jitters.iron_count, jitters.gold_count, jitters.platinum_count,
        peers.snapshot_date
    from snap_scorecard_peers as peers
    inner join snap_scorecard_dimensions as dimensions
        on peers.row_no = dimensions.row_no and peers.snapshot_date = dimensions.snapshot_date
    inner join snap_scorecard_jitters as jitters
        on peers.row_no = jitters.row_no and peers.snapshot_date = jitters.snapshot_date
    where
        peers.is_own
        and peers.snapshot_date >= :first_date and peers.snapshot_date <= :last_date
),

-- How many sets of weights leave the customer between the same two lower doors as the own set.
compared as (
    select
        *,
        case
            when percentile_micro >= :platinum_demote * 1000000 then platinum_count
            when percentile_micro >= :gold_demote * 1000000 then gold_count - platinum_count
            when percentile_micro >= :iron_demote * 1000000 then iron_count - gold_count
            else jitter_count - iron_count
        end as same_count
    from joined
),

judged as (
    select
        *,
        cast(jitter_count - same_count as double) / nullif(jitter_count, 0) as changed_ratio
    from compared
),

final as (
    select
        customer_key, peer_kind, peer_group, peer_count,
        cast(profit_micro as double) / 1000000 as profit_percentile,
        cast(loyalty_micro as double) / 1000000 as loyalty_percentile,
        cast(potential_micro as double) / 1000000 as potential_percentile,
        cast(independence_micro as double) / 1000000 as independence_percentile,
        cast(ease_micro as double) / 1000000 as ease_percentile,
        is_floored,
        exp(cast(score_log as double) / 10000000) / 1000000 as score,
        cast(percentile_micro as double) / 1000000 as value_percentile,
        coalesce(changed_ratio, 0) as changed_jitter_ratio,
        coalesce(changed_ratio > :borderline_ratio, false) as is_borderline,
        case
            when platinum_count > :borderline_ratio * jitter_count then 'platinum'
            when gold_count > :borderline_ratio * jitter_count then 'gold'
            when iron_count > :borderline_ratio * jitter_count then 'iron'
            else 'lead'
        end as jitter_tier,
        snapshot_date
    from judged
)

select * from final
