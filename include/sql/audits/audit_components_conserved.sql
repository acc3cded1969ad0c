/*
grain: one row per business date and currency on which a component got lost or was counted twice
kind: audit
severity: error
inputs: [fct_orders, fct_customer_days, int_charge_days]
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
        business_date, currency_code,
        sum(gross_minor) as gross_minor,
        sum(discount_minor) as discount_minor,
        sum(comp_minor) as comp_minor,
        sum(refund_minor) as refund_minor,
        sum(fee_income_minor) as fee_income_minor,
        sum(food_cost_minor) as food_cost_minor,
        sum(packaging_cost_minor) as packaging_cost_minor,
        sum(channel_cost_minor) as channel_cost_minor,
        sum(payment_fee_minor) as payment_fee_minor,
        sum(incentive_cost_minor) as incentive_cost_minor,
        sum(contact_cost_minor) as contact_cost_minor,
        sum(service_cost_minor) as service_cost_minor,
        sum(complaint_cost_minor) as complaint_cost_minor,
        sum(acquisition_cost_minor) as acquisition_cost_minor,
        sum(credit_cost_minor) as credit_cost_minor,
        sum(true_profit_minor) as true_profit_minor
    from entries
    group by business_date, currency_code
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
