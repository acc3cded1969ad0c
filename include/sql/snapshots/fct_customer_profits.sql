/*
grain: one row per customer, currency and snapshot date
kind: snapshot
inputs: [fct_customer_days, ref_snapshot_dates]
unique: [customer_key, currency_code, snapshot_date]
params: [first_date, last_date, curve_days]
publish: true
describe: What a customer brought in the trailing year, component by component. ‖ 客户近一年的利润构成。
*/
with dates as (
    select snapshot_date from ref_snapshot_dates
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

days as (
    select * from fct_customer_days
),

windowed as (
    select days.*, dates.snapshot_date
    from days
    inner join dates
        on days.business_date <= dates.snapshot_date
        and date_diff('day', days.business_date, dates.snapshot_date) < :curve_days
),

final as (
    select
        customer_key,
        currency_code,
        cast(sum(visit_count) as bigint) as visit_count,
        cast(sum(order_count) as bigint) as order_count,
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
        cast(sum(contact_cost_minor) as bigint) as contact_cost_minor,
        cast(sum(cm2_minor) as bigint) as cm2_minor,
        cast(sum(service_cost_minor) as bigint) as service_cost_minor,
        cast(sum(cm3_minor) as bigint) as cm3_minor,
        cast(sum(complaint_cost_minor) as bigint) as complaint_cost_minor,
        cast(sum(acquisition_cost_minor) as bigint) as acquisition_cost_minor,
        cast(sum(credit_cost_minor) as bigint) as credit_cost_minor,
        cast(sum(true_profit_minor) as bigint) as true_profit_minor,
        snapshot_date
    from windowed
    group by customer_key, currency_code, snapshot_date
)

select * from final
