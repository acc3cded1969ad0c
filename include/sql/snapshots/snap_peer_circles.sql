/*
grain: one row per customer, circle of peers (1 the narrowest) and snapshot date
kind: snapshot
inputs: [snap_peer_cells]
unique: [customer_key, circle_rank, snapshot_date]
params: [first_date, last_date]
describe: "The circles of peers around a customer: each drops one likeness of the one before. ‖ 由近及远的同类范围。"
*/
with circles as (
    select 1 as circle_rank union all select 2 union all select 3
    union all select 4 union all select 5
),

final as (
    select
        cells.customer_key,
        cast(circles.circle_rank as bigint) as circle_rank,
        customer_kind
        || case when circle_rank <= 4 then '|' || main_store_id else '' end
        || case when circle_rank <= 3 then '|' || daypart else '' end
        || case when circle_rank <= 2 then '|' || party_band else '' end
        || case when circle_rank = 1 then '|' || age_band else '' end as cell,
        cells.is_peer,
        cells.tier_profit_minor,
        cells.snapshot_date
    from snap_peer_cells as cells
    cross join circles
    where cells.snapshot_date >= :first_date and cells.snapshot_date <= :last_date
)

select * from final
