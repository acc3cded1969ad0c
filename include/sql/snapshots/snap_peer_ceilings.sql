/*
grain: one row per cell of peers, circle and snapshot date
kind: snapshot
inputs: [snap_peer_circles]
unique: [circle_rank, cell, snapshot_date]
params: [first_date, last_date, ceiling_percentile]
describe: "What the best of a cell bring: the least profit that few enough of its customers exceed. ‖ 各同类单元的利润上限。"
*/
with ranked as (
    select
        circle_rank, cell, snapshot_date, tier_profit_minor,
        rank() over (
            partition by circle_rank, cell, snapshot_date order by tier_profit_minor desc
        ) - 1 as above_count,
        count(*) over (partition by circle_rank, cell, snapshot_date) as peer_count
    from snap_peer_circles
    where is_peer and snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- Whole numbers decide, and equals are counted together: ties are never split.
final as (
    select
        circle_rank, cell,
        cast(max(peer_count) as bigint) as peer_count,
        cast(min(tier_profit_minor) filter (
            where above_count * 100 <= (100 - :ceiling_percentile) * peer_count
        ) as bigint) as ceiling_minor,
        snapshot_date
    from ranked
    group by circle_rank, cell, snapshot_date
)

select * from final
