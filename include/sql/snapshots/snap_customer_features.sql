/*
grain: one row per customer with a visit, who has not refused profiling, and snapshot date
kind: snapshot
inputs: [fct_customer_days, int_customers, ref_snapshot_dates]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency, tier_days, curve_days]
describe: What we know about a customer on a date, from the customer-days only. ‖ 客户在某日的特征。
*/
with dates as (
    select snapshot_date from ref_snapshot_dates
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

aged as (
    select
        days.*,
        dates.snapshot_date,
        cast(date_diff('day', days.business_date, dates.snapshot_date) + 1 as bigint)
            as age_days
    from fct_customer_days as days
    inner join dates on days.business_date <= dates.snapshot_date
    left join int_customers on days.customer_key = int_customers.customer_key
    where
        days.currency_code = :group_currency
        and not coalesce(int_customers.is_profiling_opt_out, false)
),

-- A day may bring a cost without a visit: a contact, a payment that came late.
visited as (
    select *, case when visit_count > 0 then age_days end as visit_age_days
    from aged
),

final as (
    select
        customer_key,
        cast(sum(visit_count) as bigint) as visit_count,
        max(visit_age_days) as age_days, min(visit_age_days) as silent_days,
        cast(sum(true_profit_minor) as bigint) as profit_minor,
        cast(coalesce(sum(visit_count) filter (where age_days <= :tier_days), 0) as bigint)
            as tier_visit_count,
        cast(coalesce(sum(true_profit_minor) filter (
            where age_days <= :tier_days
        ), 0) as bigint) as tier_profit_minor,
        cast(coalesce(sum(net_sales_minor) filter (
            where age_days <= :tier_days
        ), 0) as bigint) as tier_net_sales_minor,
        cast(coalesce(max(true_profit_minor) filter (where age_days <= :tier_days), 0) as bigint)
            as largest_profit_minor,
        cast(coalesce(sum(visit_count) filter (where age_days <= :curve_days), 0) as bigint)
            as curve_visit_count,
        cast(coalesce(sum(true_profit_minor) filter (
            where age_days <= :curve_days
        ), 0) as bigint) as curve_profit_minor,
        cast(coalesce(sum(cm2_minor) filter (where age_days <= :curve_days), 0) as bigint)
            as curve_cm2_minor,
        cast(coalesce(sum(cm3_minor) filter (where age_days <= :curve_days), 0) as bigint)
            as curve_cm3_minor,
        cast(coalesce(sum(true_profit_minor * true_profit_minor) filter (
            where age_days <= :curve_days and visit_count > 0
        ), 0) as bigint) as curve_profit_square,
        cast(
            max(case when visit_age_days <= 30 then 1 else 0 end)
            + max(case when visit_age_days > 30 and visit_age_days <= 60 then 1 else 0 end)
            + max(case when visit_age_days > 60 and visit_age_days <= 90 then 1 else 0 end)
            + max(case when visit_age_days > 90 and visit_age_days <= 120 then 1 else 0 end)
            + max(case when visit_age_days > 120 and visit_age_days <= 150 then 1 else 0 end)
            + max(case when visit_age_days > 150 and visit_age_days <= 180 then 1 else 0 end)
            as bigint
        ) as active_month_count,
        cast(sum(order_count) as bigint) as order_count,
        cast(sum(discounted_order_count) as bigint) as discounted_order_count,
        cast(sum(platform_order_count) as bigint) as platform_order_count,
        cast(sum(catering_order_count) as bigint) as catering_order_count,
        cast(sum(weekday_lunch_order_count) as bigint) as weekday_lunch_order_count,
        cast(sum(account_order_count) as bigint) as account_order_count,
        cast(sum(busy_order_count) as bigint) as busy_order_count,
        cast(sum(party_count) as bigint) as party_count, cast(sum(covers) as bigint) as covers,
        max(cast(business_date as text) || '|' || store_id) filter (
            where visit_count > 0
        ) as last_visit_store,
        snapshot_date
    from visited
    group by customer_key, snapshot_date
    having sum(visited.visit_count) > 0
)

select * from final
