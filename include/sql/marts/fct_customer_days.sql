/*
grain: one row per customer, business date and currency
kind: days
inputs: [int_order_days, int_charge_days]
unique: [customer_key, business_date, currency_code]
params: [first_date, last_date]
publish: true
describe: "What each known customer bought and brought on a day: his orders, less what belongs to no order. ‖ 每位客户每日的消费与贡献。"
*/
with orders as (
    select * from int_order_days
    where business_date >= :first_date and business_date <= :last_date
),

charges as (
    select * from int_charge_days
    where business_date >= :first_date and business_date <= :last_date
),

gathered as (
    select
        coalesce(orders.customer_key, charges.customer_key) as customer_key,
        coalesce(orders.currency_code, charges.currency_code) as currency_code,
        coalesce(orders.store_id, charges.store_id) as store_id,
        coalesce(visit_count, 0) as visit_count, coalesce(order_count, 0) as order_count,
        coalesce(discounted_order_count, 0) as discounted_order_count,
        coalesce(used_offer_count, 0) as used_offer_count,
        coalesce(charges.contact_count, 0) as contact_count,
        coalesce(dine_in_order_count, 0) as dine_in_order_count,
        coalesce(takeaway_order_count, 0) as takeaway_order_count,
        coalesce(platform_order_count, 0) as platform_order_count,
        coalesce(catering_order_count, 0) as catering_order_count,
        coalesce(lunch_order_count, 0) as lunch_order_count,
        coalesce(dinner_order_count, 0) as dinner_order_count,
        coalesce(late_order_count, 0) as late_order_count,
        coalesce(weekday_lunch_order_count, 0) as weekday_lunch_order_count,
        coalesce(account_order_count, 0) as account_order_count,
        coalesce(refunded_order_count, 0) as refunded_order_count,
        coalesce(busy_order_count, 0) as busy_order_count,
        coalesce(party_count, 0) as party_count, coalesce(covers, 0) as covers,
        coalesce(service_minutes_milli, 0) as service_minutes_milli,
        coalesce(gross_minor, 0) as gross_minor, coalesce(discount_minor, 0) as discount_minor,
        coalesce(comp_minor, 0) as comp_minor, coalesce(refund_minor, 0) as refund_minor,
        coalesce(fee_income_minor, 0) as fee_income_minor,
        coalesce(net_sales_minor, 0) as net_sales_minor,
        coalesce(food_cost_minor, 0) as food_cost_minor,
        coalesce(packaging_cost_minor, 0) as packaging_cost_minor,
        coalesce(cm1_minor, 0) as cm1_minor, coalesce(channel_cost_minor, 0) as channel_cost_minor,
        coalesce(payment_fee_minor, 0) as payment_fee_minor,
        coalesce(orders.incentive_cost_minor, 0) + coalesce(charges.incentive_cost_minor, 0)
            as incentive_cost_minor,
        coalesce(contact_cost_minor, 0) as contact_cost_minor,
        coalesce(service_cost_minor, 0) as service_cost_minor,
        coalesce(complaint_cost_minor, 0) as complaint_cost_minor,
        coalesce(acquisition_cost_minor, 0) as acquisition_cost_minor,
        coalesce(credit_cost_minor, 0) as credit_cost_minor,
        coalesce(largest_order_profit_minor, 0) as largest_order_profit_minor,
        coalesce(orders.business_date, charges.business_date) as business_date
    from orders
    full outer join charges
        on orders.customer_key = charges.customer_key
        and orders.business_date = charges.business_date
        and orders.currency_code = charges.currency_code
),

final as (
    select
        customer_key, currency_code, store_id,
        visit_count, order_count, discounted_order_count, used_offer_count, contact_count,
        dine_in_order_count, takeaway_order_count, platform_order_count, catering_order_count,
        lunch_order_count, dinner_order_count, late_order_count, weekday_lunch_order_count,
        account_order_count, refunded_order_count, busy_order_count, party_count, covers,
        service_minutes_milli, gross_minor, discount_minor, comp_minor, refund_minor,
        fee_income_minor, net_sales_minor, food_cost_minor, packaging_cost_minor, cm1_minor,
        channel_cost_minor, payment_fee_minor, incentive_cost_minor, contact_cost_minor,
        cm1_minor - channel_cost_minor - payment_fee_minor - incentive_cost_minor
        - contact_cost_minor as cm2_minor,
        service_cost_minor,
        cm1_minor - channel_cost_minor - payment_fee_minor - incentive_cost_minor
        - contact_cost_minor - service_cost_minor as cm3_minor,
        complaint_cost_minor, acquisition_cost_minor, credit_cost_minor,
        cm1_minor - channel_cost_minor - payment_fee_minor - incentive_cost_minor
        - contact_cost_minor - service_cost_minor - complaint_cost_minor
        - acquisition_cost_minor - credit_cost_minor as true_profit_minor,
        largest_order_profit_minor, business_date
    from gathered
)

select * from final
