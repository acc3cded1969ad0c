/*
grain: one row per store, customer, business date and currency; unknown guests are the customer without a key
kind: days
inputs: [fct_orders, int_charge_days]
unique: [store_id, customer_key, currency_code, business_date]
params: [first_date, last_date]
describe: What each customer brought to each store on a day, component by component. ‖ 客户在各门店每日的利润构成。
*/
with orders as (
    select
        store_id, coalesce(customer_key, '') as customer_key, currency_code,
        case when is_paid then 1 else 0 end as order_count,
        gross_minor, discount_minor, comp_minor, refund_minor, fee_income_minor, food_cost_minor,
        packaging_cost_minor, channel_cost_minor, payment_fee_minor, incentive_cost_minor,
        contact_cost_minor, service_cost_minor, complaint_cost_minor, acquisition_cost_minor,
        credit_cost_minor,
        business_date
    from fct_orders
    where business_date >= :first_date and business_date <= :last_date
),

-- What belongs to no order (contacts, points given, winning, credit) falls on the charge's store.
charges as (
    select
        coalesce(store_id, '') as store_id, customer_key, currency_code,
        0 as order_count,
        0 as gross_minor, 0 as discount_minor, 0 as comp_minor, 0 as refund_minor,
        0 as fee_income_minor, 0 as food_cost_minor, 0 as packaging_cost_minor,
        0 as channel_cost_minor, 0 as payment_fee_minor, incentive_cost_minor, contact_cost_minor,
        0 as service_cost_minor, 0 as complaint_cost_minor, acquisition_cost_minor,
        credit_cost_minor,
        business_date
    from int_charge_days
    where business_date >= :first_date and business_date <= :last_date
),

gathered as (
    select * from orders
    union all
    select * from charges
),

final as (
    select
        store_id, customer_key, currency_code,
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
        business_date
    from gathered
    group by store_id, customer_key, currency_code, business_date
)

select * from final
