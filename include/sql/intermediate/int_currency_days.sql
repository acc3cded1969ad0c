/*
grain: one row per business date and currency
kind: days
inputs: [fct_orders, int_charge_days]
unique: [business_date, currency_code]
params: [first_date, last_date]
describe: The steps of the ladder, by day and currency. ‖ 每日各币种的利润阶梯。
*/
with entries as (
    select
        business_date, currency_code, 1 as order_count,
        net_sales_minor, cm1_minor, cm2_minor, cm3_minor, true_profit_minor
    from fct_orders
    where business_date >= :first_date and business_date <= :last_date
    union all
    select
        business_date, currency_code, 0, 0, 0,
        -incentive_cost_minor - contact_cost_minor,
        -incentive_cost_minor - contact_cost_minor,
        -incentive_cost_minor - contact_cost_minor - acquisition_cost_minor - credit_cost_minor
    from int_charge_days
    where business_date >= :first_date and business_date <= :last_date
),

final as (
    select
        currency_code,
        cast(sum(order_count) as bigint) as order_count,
        cast(sum(net_sales_minor) as bigint) as net_sales_minor,
        cast(sum(cm1_minor) as bigint) as cm1_minor,
        cast(sum(cm2_minor) as bigint) as cm2_minor,
        cast(sum(cm3_minor) as bigint) as cm3_minor,
        cast(sum(true_profit_minor) as bigint) as true_profit_minor,
        business_date
    from entries
    group by business_date, currency_code
)

select * from final
