/*
grain: one row per circle of customers, measure and snapshot date
kind: snapshot
inputs: [snap_customer_measures, snap_credibilities]
unique: [circle, customer_kind, brand, measure_code, snapshot_date]
params: [first_date, last_date, max_credibility_visits]
describe: "The mean of a circle, each customer weighing as far as he is believed. ‖ 群体均值（按信度加权）。"
*/
-- Nobody seen twice, or nobody unlike the others: what one did himself says next to nothing.
with trusted as (
    select
        *,
        case when between_variance > 0 and repeat_count > 0 then least(greatest(
            within_variance / nullif(between_variance, 0), cast(0.1 as double)
        ), :max_credibility_visits) else cast(:max_credibility_visits as double) end
            as credibility_count
    from snap_credibilities
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

weighed as (
    select
        trusted.circle, trusted.customer_kind, trusted.brand, trusted.measure_code,
        trusted.snapshot_date,
        sum(cast(floor(
            1000000 * measures.n / nullif(measures.n + credibility_count, 0)
        ) as bigint)) as weight_micro,
        sum(cast(floor(
            1000 * measures.total / nullif(measures.n + credibility_count, 0)
        ) as bigint)) as weighed_milli
    from snap_customer_measures as measures
    inner join trusted
        on measures.measure_code = trusted.measure_code
        and measures.snapshot_date = trusted.snapshot_date
        and trusted.customer_kind = case when trusted.circle = 'group' then ''
            else measures.customer_kind end
        and trusted.brand = case when trusted.circle = 'brand' then measures.brand else '' end
    group by
        trusted.circle, trusted.customer_kind, trusted.brand, trusted.measure_code,
        trusted.snapshot_date
),

final as (
    select
        trusted.circle, trusted.circle_rank, trusted.customer_kind, trusted.brand,
        trusted.measure_code, trusted.customer_count, trusted.repeat_count,
        coalesce(
            cast(weighed.weighed_milli as double) * 1000 / nullif(weighed.weight_micro, 0),
            trusted.plain_mean
        ) as mean,
        trusted.within_variance, trusted.credibility_count, trusted.relative_variance,
        trusted.snapshot_date
    from trusted
    inner join weighed
        on trusted.circle = weighed.circle
        and trusted.customer_kind = weighed.customer_kind
        and trusted.brand = weighed.brand
        and trusted.measure_code = weighed.measure_code
        and trusted.snapshot_date = weighed.snapshot_date
)

select * from final
