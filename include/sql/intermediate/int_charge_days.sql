/*
grain: one row per customer, business date and currency with a charge
kind: days
inputs: [int_customer_charges]
unique: [customer_key, business_date, currency_code]
params: [first_date, last_date]
describe: A customer's charges of a day, by kind. ‖ 客户每日的非订单成本。
*/
with final as (
    select
        customer_key,
        currency_code,
        min(store_id) as store_id,
        cast(coalesce(sum(amount_minor) filter (
            where charge_kind = 'incentive'
        ), 0) as bigint) as incentive_cost_minor,
        cast(coalesce(sum(charge_count) filter (
            where charge_kind = 'contact'
        ), 0) as bigint) as contact_count,
        cast(coalesce(sum(amount_minor) filter (
            where charge_kind = 'contact'
        ), 0) as bigint) as contact_cost_minor,
        cast(coalesce(sum(amount_minor) filter (
            where charge_kind = 'acquisition'
        ), 0) as bigint) as acquisition_cost_minor,
        cast(coalesce(sum(amount_minor) filter (
            where charge_kind = 'credit'
        ), 0) as bigint) as credit_cost_minor,
        business_date
    from int_customer_charges
    where
        customer_key is not null
        and business_date >= :first_date and business_date <= :last_date
    group by customer_key, currency_code, business_date
)

select * from final
