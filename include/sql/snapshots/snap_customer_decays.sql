/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [fct_customer_days, ref_snapshot_dates, snap_score_parameters]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency]
describe: Visits weighed by how long ago they were (billionths of a visit). ‖ 按时间衰减的到店次数。
*/
with aged as (
    select
        fct_customer_days.customer_key,
        snap_score_parameters.half_life_days,
        cast(date_diff(
            'day', fct_customer_days.business_date, snap_score_parameters.snapshot_date
        ) + 1 as double) as age_days,
        snap_score_parameters.snapshot_date
    from fct_customer_days
    inner join ref_snapshot_dates
        on fct_customer_days.business_date <= ref_snapshot_dates.snapshot_date
    inner join snap_score_parameters
        on ref_snapshot_dates.snapshot_date = snap_score_parameters.snapshot_date
    where
        snap_score_parameters.snapshot_date >= :first_date
        and snap_score_parameters.snapshot_date <= :last_date
        and fct_customer_days.currency_code = :group_currency
        and fct_customer_days.visit_count > 0
),

final as (
    select
        customer_key,
        cast(sum(cast(floor(
            pow(cast(0.5 as double), age_days / nullif(half_life_days, 0)) * 1000000000
        ) as bigint)) as bigint) as decayed_visit_nano,
        snapshot_date
    from aged
    group by customer_key, snapshot_date
)

select * from final
