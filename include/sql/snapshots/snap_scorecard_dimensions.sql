/*
grain: one row per customer with a visit in the window, group of peers he is ranked in, and snapshot date
kind: snapshot
inputs: [snap_scorecard_inputs]
unique: [row_no, snapshot_date]
params: [first_date, last_date, profit_floor, loyalty_floor, potential_floor, independence_floor, ease_floor]
describe: "The five dimensions as percentiles among peers, in millionths. ‖ 评分卡五维百分位。"
*/
-- A dimension of several inputs is their mean, ranked again. What is unknown is left out of it.
-- Inputs have three digits more than their mean, so that equal means tie.
with averaged as (
    select
        *,
        (500 + (
            visits + regularity + tenure + coalesce(satisfaction, 0) + coalesce(trend, 0)
        ) // (
            3 + case when satisfaction is not null then 1 else 0 end
            + case when trend is not null then 1 else 0 end
        )) // 1000 as loyalty_mean,
        (500 + (
            service + trouble + coalesce(delay, 0) + coalesce(cancelled, 0)
            + coalesce(dependence, 0)
        ) // (
            2 + case when delay is not null then 1 else 0 end
            + case when cancelled is not null then 1 else 0 end
            + case when dependence is not null then 1 else 0 end
        )) // 1000 as ease_mean
    from snap_scorecard_inputs
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- Somebody without peers is in the middle of everything.
ranked as (
    select
        row_no, peer_no, peer_count, snapshot_date,
        coalesce((500 + profit) // 1000, 50000000) as profit_micro,
        coalesce((
            rank() over by_loyalty + count(*) over by_loyalty - 2
        ) * 50000000 // nullif(peer_count - 1, 0), 50000000) as loyalty_micro,
        coalesce((500 + potential) // 1000, 50000000) as potential_micro,
        coalesce((500 + independence) // 1000, 50000000) as independence_micro,
        coalesce((
            rank() over by_ease + count(*) over by_ease - 2
        ) * 50000000 // nullif(peer_count - 1, 0), 50000000) as ease_micro
    from averaged
    window
        by_loyalty as (partition by snapshot_date, peer_no order by loyalty_mean),
        by_ease as (partition by snapshot_date, peer_no order by ease_mean)
),

final as (
    select
        *,
        profit_micro < :profit_floor * 1000000
        or loyalty_micro < :loyalty_floor * 1000000
        or potential_micro < :potential_floor * 1000000
        or independence_micro < :independence_floor * 1000000
        or ease_micro < :ease_floor * 1000000 as is_floored
    from ranked
)

select * from final
