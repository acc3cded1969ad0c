/*
grain: one row per currency in which the day's snapshot is not the sum of its customer-days
kind: audit
severity: error
inputs: [fct_customer_profits, fct_customer_days]
params: [business_date, curve_days]
describe: "The customers' trailing year of the day is the sum of the customer-days in it. ‖ 客户年度利润等于逐日合计。"
*/
with entries as (
    select currency_code, visit_count, net_sales_minor, true_profit_minor
    from fct_customer_profits
    where snapshot_date = :business_date
    union all
    select currency_code, -visit_count, -net_sales_minor, -true_profit_minor
    from fct_customer_days
    where
        business_date <= :business_date
        and date_diff('day', business_date, :business_date) < :curve_days
),

summed as (
    select
        currency_code,
        cast(sum(visit_count) as bigint) as visit_count,
        cast(sum(net_sales_minor) as bigint) as net_sales_minor,
        cast(sum(true_profit_minor) as bigint) as true_profit_minor
    from entries
    group by currency_code
),

failures as (
    select * from summed
    where visit_count <> 0 or net_sales_minor <> 0 or true_profit_minor <> 0
)

select * from failures
