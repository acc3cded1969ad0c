/*
grain: one row per customer with a visit and currency
kind: full
inputs: [fct_customer_days, int_customers]
unique: [customer_key, currency_code]
params: [learning_days]
describe: "How a customer began, and what his first half-year brought at the margin. ‖ 客户首次消费的特征与首半年边际利润。"
*/
with begun as (
    select customer_key, currency_code, min(business_date) as first_on
    from fct_customer_days
    where visit_count > 0
    group by customer_key, currency_code
),

earned as (
    select
        begun.customer_key, begun.currency_code,
        cast(sum(days.cm2_minor) as bigint) as half_year_cm2_minor
    from begun
    inner join fct_customer_days as days
        on begun.customer_key = days.customer_key
        and begun.currency_code = days.currency_code
        and date_diff('day', begun.first_on, days.business_date) < :learning_days
    group by begun.customer_key, begun.currency_code
),

final as (
    select
        begun.customer_key, begun.currency_code, begun.first_on,
        coalesce(known.acquisition_source, 'unknown') as acquisition_source,
        first_days.net_sales_minor as basket_minor,
        case when first_days.discounted_order_count > 0 then 'discounted' else 'full_price' end
            as price_band,
        case
            when first_days.lunch_order_count > 0 then 'lunch'
            when first_days.dinner_order_count > 0 then 'dinner'
            when first_days.late_order_count > 0 then 'late'
            else 'other'
        end as daypart,
        earned.half_year_cm2_minor
    from begun
    inner join fct_customer_days as first_days
        on begun.customer_key = first_days.customer_key
        and begun.currency_code = first_days.currency_code
        and begun.first_on = first_days.business_date
    inner join earned
        on begun.customer_key = earned.customer_key
        and begun.currency_code = earned.currency_code
    left join int_customers as known on begun.customer_key = known.customer_key
)

select * from final
