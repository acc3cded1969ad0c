/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [fct_customer_days]
unique: [customer_no, snapshot_date]
params: [last_date]
describe: What the customer-days up to a date add up to, from all of them. ‖ 由全部历史得出的客户特征。
*/
with gaps as (
    select
        customer_no, profit_minor, business_date,
        cast(date_diff('day', business_date, cast(:last_date as date)) as bigint) as age_days,
        cast(date_diff('day', lag(business_date) over (
            partition by customer_no order by business_date
        ), business_date) as bigint) as gap_days
    from fct_customer_days
    where business_date <= :last_date
),

final as (
    select
        customer_no,
        cast(count(*) as bigint) as visit_count,
        min(business_date) as first_visit_on,
        max(business_date) as last_visit_on,
        cast(coalesce(sum(gap_days * gap_days), 0) as bigint) as gap_days_square,
        cast(sum(case when age_days < 90 then profit_minor else 0 end) as bigint)
            as quarter_profit_minor,
        cast(sum(case when age_days < 365 then profit_minor else 0 end) as bigint)
            as year_profit_minor,
        cast(sum(
            profit_minor * exp(-cast(age_days as double) / cast(130 as double))
        ) as double) as decayed_profit,
        cast(:last_date as date) as snapshot_date
    from gaps
    group by customer_no
)

select * from final
