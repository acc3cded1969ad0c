/*
grain: one row per order
kind: days
inputs: [int_order_costs]
unique: [order_key]
params: [first_date, last_date]
publish: true
describe: Orders with the whole profit ladder, from gross to true profit. ‖ 订单及其从总额到真实利润的阶梯。
*/
-- Contacts, acquisition and credit belong to a customer's day: on an order they are nothing.
with stepped as (
    select
        *,
        gross_minor - discount_minor - comp_minor - refund_minor + fee_income_minor
            as net_sales_minor,
        0 as contact_cost_minor, 0 as acquisition_cost_minor, 0 as credit_cost_minor,
        remake_cost_minor + compensation_minor as complaint_cost_minor
    from int_order_costs
    where business_date >= :first_date and business_date <= :last_date
),

contributed as (
    select
        *,
        net_sales_minor - food_cost_minor - packaging_cost_minor as cm1_minor,
        net_sales_minor - food_cost_minor - packaging_cost_minor - channel_cost_minor
        - payment_fee_minor - incentive_cost_minor - contact_cost_minor as cm2_minor
    from stepped
),

final as (
    select
        order_key, order_id, store_id, closed_at, closed_local_at, channel, platform, daypart,
        covers, customer_key, account_id, currency_code, status, is_paid, line_count,
        cast(gross_minor as bigint) as gross_minor,
        cast(discount_minor as bigint) as discount_minor,
        cast(comp_minor as bigint) as comp_minor,
        cast(refund_minor as bigint) as refund_minor,
        cast(fee_income_minor as bigint) as fee_income_minor,
        cast(net_sales_minor as bigint) as net_sales_minor,
        cast(food_cost_minor as bigint) as food_cost_minor,
        cast(packaging_cost_minor as bigint) as packaging_cost_minor,
        cast(cm1_minor as bigint) as cm1_minor,
        cast(channel_cost_minor as bigint) as channel_cost_minor,
        cast(payment_fee_minor as bigint) as payment_fee_minor,
        cast(incentive_cost_minor as bigint) as incentive_cost_minor,
        cast(contact_cost_minor as bigint) as contact_cost_minor,
        cast(cm2_minor as bigint) as cm2_minor,
        cast(service_cost_minor as bigint) as service_cost_minor,
        cast(cm2_minor - service_cost_minor as bigint) as cm3_minor,
        cast(complaint_cost_minor as bigint) as complaint_cost_minor,
        cast(acquisition_cost_minor as bigint) as acquisition_cost_minor,
        cast(credit_cost_minor as bigint) as credit_cost_minor,
        cast(cm2_minor - service_cost_minor - complaint_cost_minor - acquisition_cost_minor
            - credit_cost_minor as bigint) as true_profit_minor,
        service_minutes_milli,
        cast(funded_discount_minor as bigint) as funded_discount_minor,
        is_settled, channel_rule_minor, settlement_gap_minor,
        missing_cost_count > 0 as is_cost_missing,
        total_minor, paid_minor, tax_minor, tip_minor, rounding_minor,
        cast(liability_minor as bigint) as liability_minor,
        cast(case when is_paid
            then total_minor - tax_minor - tip_minor - rounding_minor - liability_minor
            + funded_discount_minor - refund_minor
            else -refund_minor
        end as bigint) as ledger_minor,
        source_system, business_date
    from contributed
)

select * from final
