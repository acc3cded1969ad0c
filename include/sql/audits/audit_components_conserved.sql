/*
grain: one row per business date and currency on which a component got lost or was counted twice
kind: audit
severity: error
inputs: [fct_orders, fct_customer_days, int_charge_days, int_audited_days]
describe: "Customers + unknown guests = orders + charges, component by component, to the cent. ‖ 各构成项守恒。"
*/
with entries as (
    select
        business_date, currency_code,
        gross_minor, discount_minor, comp_minor, refund_minor, fee_income_minor, food_cost_minor,
        packaging_cost_minor, channel_cost_minor, payment_fee_minor, incentive_cost_minor,
        contact_cost_minor, service_cost_minor, complaint_cost_minor, acquisition_cost_minor,
        credit_cost_minor, true_profit_minor
    from fct_orders
    where customer_key is not null
    union all
    select
        business_date, currency_code,
        0, 0, 0, 0, 0, 0, 0, 0, 0, incentive_cost_minor, contact_cost_minor, 0, 0,
        acquisition_cost_minor, credit_cost_minor,
        -incentive_cost_minor - contact_cost_minor - acquisition_cost_minor - credit_cost_minor
    from int_charge_days
    union all
    select
        business_date, currency_code,
        -gross_minor, -discount_minor, -comp_minor, -refund_minor, -fee_income_minor,
        -food_cost_minor, -packaging_cost_minor, -channel_cost_minor, -payment_fee_minor,
        -incentive_cost_minor, -contact_cost_minor, -service_cost_minor, -complaint_cost_minor,
        -acquisition_cost_minor, -credit_cost_minor, -true_profit_minor
    from fct_customer_days
),

summed as (
    select
        entries.business_date, entries.currency_code,
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
        cast(sum(true_profit_minor) as bigint) as true_profit_minor
    from entries
    inner join int_audited_days on entries.business_date = int_audited_days.business_date
    group by entries.business_date, entries.currency_code
),

failures as (
    select business_date, currency_code, true_profit_minor
    from summed
    where
        gross_minor <> 0
        or discount_minor <> 0
        or comp_minor <> 0
        or refund_minor <> 0
        or fee_income_minor <> 0
        or food_cost_minor <> 0
        or packaging_cost_minor <> 0
        or channel_cost_minor <> 0
        or payment_fee_minor <> 0
        or incentive_cost_minor <> 0
        or contact_cost_minor <> 0
        or service_cost_minor <> 0
        or complaint_cost_minor <> 0
        or acquisition_cost_minor <> 0
        or credit_cost_minor <> 0
        or true_profit_minor <> 0
)

select * from failures
