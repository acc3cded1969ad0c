/*
grain: one row per customer, business date and currency with an order
kind: days
inputs: [fct_orders, fct_utilisation, ref_dates, stg_adjustments]
unique: [customer_key, business_date, currency_code]
params: [first_date, last_date]
describe: A known customer's orders of a day, added up. ‖ 已知客户每日订单汇总。
*/
with weekdays as (
    select calendar_date from ref_dates where not is_weekend
),

coupons as (
    select distinct order_key from stg_adjustments where adjustment_type = 'coupon'
),

known as (
    select
        fct_orders.*,
        coupons.order_key is not null as is_offer_used,
        coalesce(fct_utilisation.is_busy, false) as is_busy,
        fct_orders.daypart = 'lunch' and weekdays.calendar_date is not null as is_weekday_lunch
    from fct_orders
    left join coupons on fct_orders.order_key = coupons.order_key
    left join weekdays on fct_orders.business_date = weekdays.calendar_date
    left join fct_utilisation
        on fct_orders.store_id = fct_utilisation.store_id
        and fct_orders.daypart = fct_utilisation.daypart
        and fct_orders.business_date = fct_utilisation.business_date
    where
        fct_orders.customer_key is not null
        and fct_orders.business_date >= :first_date and fct_orders.business_date <= :last_date
),

final as (
    select
        customer_key, currency_code, min(store_id) as store_id,
        cast(max(case when is_paid then 1 else 0 end) as bigint) as visit_count,
        cast(count(*) filter (where is_paid) as bigint) as order_count,
        cast(count(*) filter (where is_paid and discount_minor > 0) as bigint)
            as discounted_order_count,
        cast(count(*) filter (where is_paid and is_offer_used) as bigint) as used_offer_count,
        cast(count(*) filter (where is_paid and channel = 'dine_in') as bigint)
            as dine_in_order_count,
        cast(count(*) filter (where is_paid and channel = 'takeaway') as bigint)
            as takeaway_order_count,
        cast(count(*) filter (where is_paid and channel = 'delivery_platform') as bigint)
            as platform_order_count,
        cast(count(*) filter (where is_paid and channel = 'catering') as bigint)
            as catering_order_count,
        cast(count(*) filter (where is_paid and daypart = 'lunch') as bigint)
            as lunch_order_count,
        cast(count(*) filter (where is_paid and daypart = 'dinner') as bigint)
            as dinner_order_count,
        cast(count(*) filter (where is_paid and daypart = 'late') as bigint)
            as late_order_count,
        cast(count(*) filter (where is_paid and is_weekday_lunch) as bigint)
            as weekday_lunch_order_count,
        cast(count(*) filter (where account_id is not null) as bigint) as account_order_count,
        cast(count(*) filter (where refund_minor > 0) as bigint) as refunded_order_count,
        cast(count(*) filter (where is_paid and is_busy) as bigint) as busy_order_count,
        cast(count(*) filter (where covers > 0) as bigint) as party_count,
        cast(sum(covers) as bigint) as covers,
        cast(sum(service_minutes_milli) as bigint) as service_minutes_milli,
        cast(sum(gross_minor) as bigint) as gross_minor,
        cast(sum(discount_minor) as bigint) as discount_minor,
        cast(sum(comp_minor) as bigint) as comp_minor,
        cast(sum(refund_minor) as bigint) as refund_minor,
        cast(sum(fee_income_minor) as bigint) as fee_income_minor,
        cast(sum(net_sales_minor) as bigint) as net_sales_minor,
        cast(sum(food_cost_minor) as bigint) as food_cost_minor,
        cast(sum(packaging_cost_minor) as bigint) as packaging_cost_minor,
        cast(sum(cm1_minor) as bigint) as cm1_minor,
        cast(sum(channel_cost_minor) as bigint) as channel_cost_minor,
        cast(sum(payment_fee_minor) as bigint) as payment_fee_minor,
        cast(sum(incentive_cost_minor) as bigint) as incentive_cost_minor,
        cast(sum(cm2_minor) as bigint) as cm2_minor,
        cast(sum(service_cost_minor) as bigint) as service_cost_minor,
        cast(sum(cm3_minor) as bigint) as cm3_minor,
        cast(sum(complaint_cost_minor) as bigint) as complaint_cost_minor,
        cast(sum(true_profit_minor) as bigint) as true_profit_minor,
        cast(max(true_profit_minor) as bigint) as largest_order_profit_minor,
        business_date
    from known
    group by customer_key, currency_code, business_date
)

select * from final
