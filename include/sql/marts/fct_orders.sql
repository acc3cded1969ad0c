/*
grain: one row per order
kind: days
inputs: [int_order_costs]
unique: [order_key]
params: [first_date, last_date]
publish: true
describe: Orders with the profit ladder from gross to CM2. ‖ 订单及其从总额到边际利润的阶梯。
*/
with final as (
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
        cast(net_sales_minor - food_cost_minor - packaging_cost_minor as bigint) as cm1_minor,
        cast(channel_cost_minor as bigint) as channel_cost_minor,
        cast(payment_fee_minor as bigint) as payment_fee_minor,
        cast(net_sales_minor - food_cost_minor - packaging_cost_minor - channel_cost_minor
            - payment_fee_minor as bigint) as cm2_minor,
        cast(complaint_cost_minor as bigint) as complaint_cost_minor,
        cast(funded_discount_minor as bigint) as funded_discount_minor,
        platform_fee_minor is not null as is_settled,
        missing_cost_count > 0 as is_cost_missing,
        total_minor, paid_minor, tax_minor, tip_minor, rounding_minor,
        cast(liability_minor as bigint) as liability_minor,
        cast(case when is_paid
            then total_minor - tax_minor - tip_minor - rounding_minor - liability_minor
            + funded_discount_minor - refund_minor
            else -refund_minor
        end as bigint) as ledger_minor,
        source_system, business_date
    from int_order_costs
    where business_date >= :first_date and business_date <= :last_date
)

select * from final
