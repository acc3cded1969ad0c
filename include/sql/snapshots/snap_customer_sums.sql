/*
grain: one row per customer with a day in the trailing year and snapshot date
kind: snapshot
inputs: [fct_customer_days, ref_snapshot_dates]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency, tier_days, curve_days]
describe: What a customer's trailing year and half-year add up to, in whole numbers. ‖ 客户近一年与近半年的各项合计。
*/
with dates as (
    select snapshot_date from ref_snapshot_dates
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- A gap belongs to the visit that ends it, so that no later day changes it.
days as (
    select
        *,
        case when visit_count > 0 then cast(date_diff('day', lag(business_date) over (
            partition by customer_key, visit_count > 0 order by business_date
        ), business_date) as bigint) end as gap_days,
        case when visit_count > 0 then true_profit_minor else 0 end as visit_profit_minor
    from fct_customer_days
    where currency_code = :group_currency
),

aged as (
    select
        days.*,
        dates.snapshot_date,
        date_diff('day', days.business_date, dates.snapshot_date) < :tier_days as is_recent
    from days
    inner join dates
        on days.business_date <= dates.snapshot_date
        and date_diff('day', days.business_date, dates.snapshot_date) < :curve_days
),

final as (
    select
        customer_key,
        cast(sum(order_count) as bigint) as curve_order_count,
        cast(sum(discounted_order_count) as bigint) as curve_discounted_order_count,
        cast(coalesce(sum(refunded_order_count), 0) as bigint) as curve_refunded_order_count,
        cast(sum(dine_in_order_count) as bigint) as curve_dine_in_order_count,
        cast(sum(takeaway_order_count) as bigint) as curve_takeaway_order_count,
        cast(sum(platform_order_count) as bigint) as curve_platform_order_count,
        cast(sum(catering_order_count) as bigint) as curve_catering_order_count,
        cast(sum(lunch_order_count) as bigint) as curve_lunch_order_count,
        cast(sum(dinner_order_count) as bigint) as curve_dinner_order_count,
        cast(sum(late_order_count) as bigint) as curve_late_order_count,
        cast(sum(party_count) as bigint) as curve_party_count,
        cast(sum(covers) as bigint) as curve_covers,
        cast(sum(service_minutes_milli) as bigint) as curve_service_minutes_milli,
        cast(sum(contact_count) as bigint) as curve_contact_count,
        cast(sum(used_offer_count) as bigint) as curve_used_offer_count,
        cast(sum(refund_minor) as bigint) as curve_refund_minor,
        cast(sum(net_sales_minor) as bigint) as curve_net_sales_minor,
        cast(count(gap_days) as bigint) as gap_count,
        cast(coalesce(sum(gap_days), 0) as bigint) as gap_days,
        cast(coalesce(sum(gap_days * gap_days), 0) as bigint) as gap_days_square,
        cast(coalesce(sum(visit_profit_minor) filter (where is_recent), 0) as bigint)
            as tier_visit_profit_minor,
        cast(coalesce(sum(visit_profit_minor * visit_profit_minor) filter (
            where is_recent
        ), 0) as bigint) as tier_visit_profit_square,
        -- Served rows may lack the best order: the day stands for it then.
        cast(coalesce(max(coalesce(largest_order_profit_minor, visit_profit_minor)) filter (
            where is_recent and visit_count > 0
        ), 0) as bigint) as tier_largest_order_minor,
        snapshot_date
    from aged
    group by customer_key, snapshot_date
)

select * from final
