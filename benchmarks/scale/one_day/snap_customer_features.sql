/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [fct_customer_days, snap_customer_features]
unique: [customer_no, snapshot_date]
params: [last_date]
describe: The same figures from those of the day before and three days of the rollup. ‖ 由前一日状态推得的客户特征。
*/
with dates as (
    select
        cast(:last_date as date) as today,
        cast(cast(:last_date as date) - 1 as date) as yesterday,
        cast(cast(:last_date as date) - 90 as date) as left_quarter,
        cast(cast(:last_date as date) - 365 as date) as left_year
),

standing as (
    select
        customer_no, visit_count, first_visit_on, last_visit_on, gap_days_square,
        quarter_profit_minor, year_profit_minor, decayed_profit
    from snap_customer_features
    inner join dates on snap_customer_features.snapshot_date = dates.yesterday
),

changes as (
    select
        customer_no,
        max(case when business_date = today then business_date end) as visited_on,
        sum(case when business_date = today then profit_minor else 0 end) as came_minor,
        sum(case when business_date = left_quarter then profit_minor else 0 end)
            as left_quarter_minor,
        sum(case when business_date = left_year then profit_minor else 0 end) as left_year_minor
    from fct_customer_days
    inner join dates on business_date in (today, left_quarter, left_year)
    group by customer_no
),

final as (
    select
        coalesce(standing.customer_no, changes.customer_no) as customer_no,
        coalesce(visit_count, 0) + case when visited_on is null then 0 else 1 end as visit_count,
        coalesce(first_visit_on, visited_on) as first_visit_on,
        coalesce(visited_on, last_visit_on) as last_visit_on,
        coalesce(gap_days_square, 0) + coalesce(
            cast(date_diff('day', last_visit_on, visited_on) as bigint)
            * cast(date_diff('day', last_visit_on, visited_on) as bigint), 0
        ) as gap_days_square,
        cast(coalesce(quarter_profit_minor, 0) + coalesce(came_minor, 0)
            - coalesce(left_quarter_minor, 0) as bigint) as quarter_profit_minor,
        cast(coalesce(year_profit_minor, 0) + coalesce(came_minor, 0)
            - coalesce(left_year_minor, 0) as bigint) as year_profit_minor,
        cast(coalesce(decayed_profit, 0) * exp(-cast(1 as double) / cast(130 as double))
            + coalesce(came_minor, 0) as double) as decayed_profit,
        cast(:last_date as date) as snapshot_date
    from standing
    full outer join changes on standing.customer_no = changes.customer_no
)

select * from final
