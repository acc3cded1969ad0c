/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_peer_cells, snap_peer_circles, snap_peer_ceilings, snap_customer_predictions]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, min_potential_peers]
describe: What the best fifth of a customer's peers bring beyond him, while he is likely to come. ‖ 客户与同类前 20% 的差距（潜力）。
*/
-- The narrowest circle with enough peers; of the widest, whatever there is.
with chosen as (
    select
        circles.customer_key, circles.snapshot_date,
        min(circles.circle_rank) as circle_rank
    from snap_peer_circles as circles
    inner join snap_peer_ceilings as ceilings
        on circles.circle_rank = ceilings.circle_rank
        and circles.cell = ceilings.cell
        and circles.snapshot_date = ceilings.snapshot_date
    where
        (ceilings.peer_count >= :min_potential_peers or circles.circle_rank = 5)
        and circles.snapshot_date >= :first_date and circles.snapshot_date <= :last_date
    group by circles.customer_key, circles.snapshot_date
),

met as (
    select
        chosen.customer_key, chosen.snapshot_date, chosen.circle_rank,
        ceilings.peer_count, ceilings.ceiling_minor
    from chosen
    inner join snap_peer_circles as circles
        on chosen.customer_key = circles.customer_key
        and chosen.snapshot_date = circles.snapshot_date
        and chosen.circle_rank = circles.circle_rank
    inner join snap_peer_ceilings as ceilings
        on circles.circle_rank = ceilings.circle_rank
        and circles.cell = ceilings.cell
        and circles.snapshot_date = ceilings.snapshot_date
),

final as (
    select
        cells.customer_key,
        met.circle_rank as peer_circle,
        coalesce(met.peer_count, 0) as peer_count,
        coalesce(met.ceiling_minor, 0) as ceiling_minor,
        cast(floor(
            greatest(coalesce(met.ceiling_minor - cells.tier_profit_minor, 0), 0)
            * predictions.active_ratio
        ) as bigint) as potential_minor,
        cells.snapshot_date
    from snap_peer_cells as cells
    inner join snap_customer_predictions as predictions
        on cells.customer_key = predictions.customer_key
        and cells.snapshot_date = predictions.snapshot_date
    left join met
        on cells.customer_key = met.customer_key
        and cells.snapshot_date = met.snapshot_date
    where cells.snapshot_date >= :first_date and cells.snapshot_date <= :last_date
)

select * from final
