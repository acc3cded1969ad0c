/*
grain: one row per customer with a visit, cut and snapshot date
kind: snapshot
inputs: [fct_customer_days, snap_score_paces]
unique: [customer_key, cut_on, snapshot_date]
params: [first_date, last_date, group_currency]
describe: Visits weighed by how long ago they were (billionths of a visit). ‖ 按时间衰减的到店次数。
*/
with aged as (
    select
        days.customer_key,
        paces.half_life_days,
        cast(date_diff('day', days.business_date, paces.cut_on) + 1 as double) as age_days,
        paces.cut_on,
        paces.snapshot_date
    from fct_customer_days as days
    inner join snap_score_paces as paces on days.business_date <= paces.cut_on
    where
        paces.snapshot_date >= :first_date
        and paces.snapshot_date <= :last_date
        and days.currency_code = :group_currency
        and days.visit_count > 0
),

final as (
    select
        customer_key,
        cast(sum(cast(floor(
            pow(cast(0.5 as double), age_days / nullif(half_life_days, 0)) * 1000000000
        ) as bigint)) as bigint) as decayed_visit_nano,
        cut_on,
        snapshot_date
    from aged
    group by customer_key, cut_on, snapshot_date
)

select * from final
