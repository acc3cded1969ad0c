/*
grain: one row per kind of customer and snapshot date
kind: snapshot
inputs: [snap_customer_beliefs]
unique: [customer_kind, snapshot_date]
params: [first_date, last_date, cut_percentile]
describe: "The value a customer has to be worth for sure before he counts as big: the door of gold. ‖ 被视为大客户所需的价值门槛。"
*/
with valued as (
    select
        customer_key, customer_kind, snapshot_date,
        cast(floor(visit_profit * tier_visit_count) as bigint) as value_minor
    from snap_customer_beliefs
    where
        tier_visit_count > 0 and snapshot_date >= :first_date and snapshot_date <= :last_date
),

ranked as (
    select
        *,
        100 * percent_rank() over (
            partition by customer_kind, snapshot_date order by value_minor
        ) as percentile
    from valued
),

final as (
    select
        customer_kind,
        cast(greatest(
            coalesce(min(value_minor) filter (where percentile >= :cut_percentile), 0), 0
        ) as bigint) as cut_minor,
        snapshot_date
    from ranked
    group by customer_kind, snapshot_date
)

select * from final
