/*
grain: one row per store, customer, currency and snapshot date; unknown guests are the customer without a key
kind: snapshot
inputs: [int_store_customer_days, ref_snapshot_dates]
unique: [store_id, customer_key, currency_code, snapshot_date]
params: [first_date, last_date, curve_days]
describe: What each customer brought to each store in the trailing year. ‖ 客户在各门店近一年的利润构成。
*/
with dates as (
    select snapshot_date from ref_snapshot_dates
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

summed as (
    select
        days.store_id, days.customer_key, days.currency_code,
        cast(sum(order_count) as bigint) as order_count,
        cast(sum(gross_minor) as bigint) as gross_minor,
        cast(sum(discount_minor) as bigint) as discount_minor,
        cast(sum(comp_minor) as bigint) as comp_minor,
        cast(sum(refund_minor) as bigint) as refund_minor,
        cast(sum(fee_income_minor) as bigint) as fee_income_minor,
        cast(sum(food_cost_minor) as bigint) as food_cost_minor,
        cast(sum(packaging_cost_minor) as bigint) as packaging_cost_minor,
        cast(sum(channel_cost_minor) as bigint) as channel_cost_minor,
        cast(sum(payment_fee_minor) as bigint) as payment_fee_minor,
        cast(sum(incentive_cost_minor) as bigint) as incentive_cost_minor,
        cast(sum(contact_cost_minor) as bigint) as contact_cost_minor,
        cast(sum(service_cost_minor) as bigint) as service_cost_minor,
        cast(sum(complaint_cost_minor) as bigint) as complaint_cost_minor,
        cast(sum(acquisition_cost_minor) as bigint) as acquisition_cost_minor,
        cast(sum(credit_cost_minor) as bigint) as credit_cost_minor,
        dates.snapshot_date
    from int_store_customer_days as days
    inner join dates
        on days.business_date <= dates.snapshot_date
        and date_diff('day', days.business_date, dates.snapshot_date) < :curve_days
    group by days.store_id, days.customer_key, days.currency_code, dates.snapshot_date
),

final as (
    select
        *,
        gross_minor - discount_minor - comp_minor - refund_minor + fee_income_minor
        - food_cost_minor - packaging_cost_minor - channel_cost_minor - payment_fee_minor
        - incentive_cost_minor - contact_cost_minor - service_cost_minor - complaint_cost_minor
        - acquisition_cost_minor - credit_cost_minor as true_profit_minor
    from summed
)

select * from final
