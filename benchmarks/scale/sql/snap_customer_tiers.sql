/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_features]
unique: [customer_no, snapshot_date]
params: [first_date, last_date]
describe: Where each customer stands among all, by the profit of his year. ‖ 按年度利润排名的客户等级。
*/
with ranked as (
    select
        customer_no, visit_count, year_profit_minor, snapshot_date,
        row_number() over (
            partition by snapshot_date order by year_profit_minor, customer_no
        ) - 1 as below_count,
        count(*) over (partition by snapshot_date) - 1 as other_count,
        cast(date_diff('day', last_visit_on, snapshot_date) as bigint) as silent_days,
        cast(date_diff('day', first_visit_on, last_visit_on) as bigint) as known_days
    from snap_customer_features
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

placed as (
    select
        *,
        cast(coalesce(
            (below_count * 10000) // nullif(other_count, 0), 0
        ) as bigint) as percentile_bps,
        cast(coalesce(
            cast(silent_days * (visit_count - 1) as double) / nullif(known_days, 0), 0
        ) as double) as overdue_ratio
    from ranked
),

final as (
    select
        customer_no, silent_days, overdue_ratio, percentile_bps,
        case
            when year_profit_minor <= 0 or percentile_bps < 5000 then 'lead'
            when percentile_bps < 8000 then 'iron'
            when percentile_bps < 9500 then 'gold'
            else 'platinum'
        end as tier,
        snapshot_date
    from placed
)

select * from final
