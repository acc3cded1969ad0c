/*
grain: one row per customer with a visit in the window, group of peers he is ranked in, and snapshot date
kind: snapshot
inputs: [snap_customer_values, snap_customer_predictions, snap_customer_potentials,
    snap_customer_moods, snap_business_standings, ref_stores]
unique: [customer_key, peer_group, snapshot_date]
params: [first_date, last_date, scorecard_min_peers]
describe: "Whom a customer is ranked with, and the inputs of his scorecard; more is better in each. ‖ 评分卡的同类与输入。"
*/
with customers as (
    select
        valued.customer_key, valued.snapshot_date,
        case when valued.customer_kind = 'business' then 'business' else 'consumer' end
            as peer_kind,
        coalesce(ref_stores.store_type, '') as store_type,
        valued.value_minor as profit,
        valued.tier_visit_count as visits,
        valued.regularity_ratio as regularity,
        valued.age_days as tenure,
        -- What can be reached: the own profit if it lasts, and the headroom to the best peers.
        cast(floor(valued.tier_profit_minor * predictions.active_ratio) as bigint)
        + potentials.potential_minor as potential,
        -valued.discounted_order_ratio as independence,
        -cast(valued.curve_cm2_minor - valued.curve_cm3_minor as double)
        / nullif(greatest(valued.curve_net_sales, 1), 0) as service,
        -moods.refund_ratio - coalesce(cast(moods.complaint_count as double)
            / nullif(valued.curve_order_count, 0), 0) as trouble,
        moods.satisfaction_worth as satisfaction,
        -- Of businesses only: standings know nobody else.
        standings.trend_ratio as trend, -standings.payment_delay_days as delay,
        -standings.cancelled_ratio as cancelled, -standings.dependence_ratio as dependence
    from snap_customer_values as valued
    inner join snap_customer_predictions as predictions
        on valued.customer_key = predictions.customer_key
        and valued.snapshot_date = predictions.snapshot_date
    inner join snap_customer_moods as moods
        on valued.customer_key = moods.customer_key
        and valued.snapshot_date = moods.snapshot_date
    inner join snap_customer_potentials as potentials
        on valued.customer_key = potentials.customer_key
        and valued.snapshot_date = potentials.snapshot_date
    left join snap_business_standings as standings
        on valued.customer_key = standings.customer_key
        and valued.snapshot_date = standings.snapshot_date
    left join ref_stores on valued.last_store_id = ref_stores.store_id
    where
        valued.tier_visit_count > 0
        and valued.snapshot_date >= :first_date and valued.snapshot_date <= :last_date
),

counted as (
    select
        *,
        cast(count(*) over (partition by snapshot_date, peer_kind, store_type) as bigint)
            as type_count,
        cast(count(*) over (partition by snapshot_date, peer_kind) as bigint) as kind_count
    from customers
),

judged as (
    select
        *,
        type_count >= :scorecard_min_peers as has_peers,
        min(type_count) over (partition by snapshot_date, peer_kind) < :scorecard_min_peers
            as has_small_types
    from counted
),

-- Too few of a store type are ranked among all of their kind, whom that does not move.
grouped as (
    select *, store_type as peer_group, true as is_own, type_count as peer_count
    from judged where has_peers
    union all
    select *, '*' as peer_group, not has_peers as is_own, kind_count as peer_count
    from judged where has_small_types
),

-- Small numbers in place of words: what follows ranks every row dozens of times.
final as (
    select
        *,
        cast(dense_rank() over (partition by snapshot_date order by peer_kind, peer_group)
            as bigint) as peer_no,
        cast(row_number() over (partition by snapshot_date order by peer_group, customer_key)
            as bigint) as row_no
    from grouped
)

select * from final
