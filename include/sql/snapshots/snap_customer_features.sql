/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [fct_customer_days, ref_snapshot_dates]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency, tier_days, curve_days]
describe: What we know about a customer on a date, from the customer-days only. ‖ 客户在某日的特征。
*/
with dates as (
    select snapshot_date from ref_snapshot_dates
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

days as (
    select * from fct_customer_days where currency_code = :group_currency
),

aged as (
    select
        days.*,
        dates.snapshot_date,
        cast(date_diff('day', days.business_date, dates.snapshot_date) + 1 as bigint)
            as age_days
    from days
    inner join dates on days.business_date <= dates.snapshot_date
),

final as (
    select
        customer_key,
        cast(sum(visit_count) as bigint) as visit_count,
        cast(max(age_days) filter (where visit_count > 0) as bigint) as age_days,
        cast(min(age_days) filter (where visit_count > 0) as bigint) as silent_days,
        cast(sum(cm2_minor) as bigint) as cm2_minor,
        cast(coalesce(sum(visit_count) filter (where age_days <= :tier_days), 0) as bigint)
            as tier_visit_count,
        cast(coalesce(sum(cm2_minor) filter (where age_days <= :tier_days), 0) as bigint)
            as tier_cm2_minor,
        cast(coalesce(sum(net_sales_minor) filter (
            where age_days <= :tier_days
        ), 0) as bigint) as tier_net_sales_minor,
        cast(coalesce(max(cm2_minor) filter (where age_days <= :tier_days), 0) as bigint)
            as largest_cm2_minor,
        cast(coalesce(sum(visit_count) filter (where age_days <= :curve_days), 0) as bigint)
            as curve_visit_count,
        cast(coalesce(sum(cm2_minor) filter (where age_days <= :curve_days), 0) as bigint)
            as curve_cm2_minor,
        cast(coalesce(sum(cm2_minor * cm2_minor) filter (
            where age_days <= :curve_days and visit_count > 0
        ), 0) as bigint) as curve_cm2_square,
        cast(
            max(case when age_days <= 30 then 1 else 0 end)
            + max(case when age_days > 30 and age_days <= 60 then 1 else 0 end)
            + max(case when age_days > 60 and age_days <= 90 then 1 else 0 end)
            + max(case when age_days > 90 and age_days <= 120 then 1 else 0 end)
            + max(case when age_days > 120 and age_days <= 150 then 1 else 0 end)
            + max(case when age_days > 150 and age_days <= 180 then 1 else 0 end) as bigint
        ) as active_month_count,
        cast(sum(order_count) as bigint) as order_count,
        cast(sum(discounted_order_count) as bigint) as discounted_order_count,
        cast(sum(platform_order_count) as bigint) as platform_order_count,
        cast(sum(catering_order_count) as bigint) as catering_order_count,
        cast(sum(weekday_lunch_order_count) as bigint) as weekday_lunch_order_count,
        cast(sum(account_order_count) as bigint) as account_order_count,
        cast(sum(party_count) as bigint) as party_count,
        cast(sum(covers) as bigint) as covers,
        max(cast(business_date as text) || '|' || store_id) as last_visit_store,
        snapshot_date
    from aged
    group by customer_key, snapshot_date
    having sum(visit_count) > 0
)

select * from final
