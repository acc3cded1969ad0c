/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_values, snap_customer_predictions]
unique: [customer_key, snapshot_date]
params: [first_date, last_date]
describe: What the best fifth of a customer's peers bring beyond him, while he is likely to come. ‖ 客户与同类前 20% 的差距（潜力）。
*/
with peers as (
    select
        customer_key, customer_kind, last_store_id, tier_profit_minor, snapshot_date,
        rank() over (
            partition by customer_kind, last_store_id, snapshot_date
            order by tier_profit_minor desc
        ) - 1 as above_count,
        count(*) over (partition by customer_kind, last_store_id, snapshot_date) as peer_count
    from snap_customer_values
    where
        tier_visit_count > 0 and snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- The least profit that at most a fifth of the peers exceed: ties are never split.
ceilings as (
    select
        customer_kind, last_store_id, snapshot_date,
        cast(max(peer_count) as bigint) as peer_count,
        min(tier_profit_minor) filter (where above_count * 100 <= 20 * peer_count)
            as ceiling_minor
    from peers
    group by customer_kind, last_store_id, snapshot_date
),

final as (
    select
        valued.customer_key,
        coalesce(ceilings.peer_count, 0) as peer_count,
        coalesce(ceilings.ceiling_minor, 0) as ceiling_minor,
        cast(floor(
            greatest(coalesce(ceilings.ceiling_minor, 0) - valued.tier_profit_minor, 0)
            * predictions.active_ratio
        ) as bigint) as potential_minor,
        valued.snapshot_date
    from snap_customer_values as valued
    inner join snap_customer_predictions as predictions
        on valued.customer_key = predictions.customer_key
        and valued.snapshot_date = predictions.snapshot_date
    left join ceilings
        on valued.customer_kind = ceilings.customer_kind
        and valued.last_store_id = ceilings.last_store_id
        and valued.snapshot_date = ceilings.snapshot_date
    where valued.snapshot_date >= :first_date and valued.snapshot_date <= :last_date
)

select * from final
