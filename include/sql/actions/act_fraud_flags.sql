/*
grain: one row per customer and sign of false enthusiasm
kind: full
inputs: [fct_orders, fct_customer_days, ref_stores, act_point_flags]
unique: [customer_key, exception_code]
params: [business_date, fraud_days, many_orders, own_average_multiple, min_own_orders]
describe: "False enthusiasm: more than one guest can eat, spend or travel in so few days. ‖ 虚假热情：短期内异常频繁或异常高额。"
*/
with orders as (
    select orders.customer_key, orders.business_date, orders.channel, ref_stores.city
    from fct_orders as orders
    left join ref_stores on orders.store_id = ref_stores.store_id
    where
        orders.is_paid and orders.customer_key is not null and orders.account_id is null
        and orders.business_date <= :business_date
        and date_diff('day', orders.business_date, cast(:business_date as date)) < :fraud_days
),

frequent as (
    select
        'many_orders' as exception_code, customer_key,
        cast(count(*) as double) as measured_ratio, cast(:many_orders as double) as limit_ratio
    from orders
    group by customer_key
    having count(*) >= :many_orders
),

travelled as (
    select customer_key, business_date, count(distinct city) as city_count
    from orders
    where channel in ('dine_in', 'takeaway')
    group by customer_key, business_date
),

distant as (
    select
        'distant_stores' as exception_code, customer_key,
        cast(max(city_count) as double) as measured_ratio, cast(1 as double) as limit_ratio
    from travelled
    where city_count > 1
    group by customer_key
),

bought as (
    select
        customer_key, net_sales_minor, business_date,
        avg(cast(net_sales_minor as double)) over earlier as usual_minor,
        count(*) over earlier as earlier_count
    from fct_customer_days
    where visit_count > 0 and account_order_count = 0 and business_date <= :business_date
    window earlier as (
        partition by customer_key, currency_code order by business_date
        rows between unbounded preceding and 1 preceding
    )
),

oversized as (
    select
        'own_average' as exception_code, customer_key,
        max(net_sales_minor / nullif(usual_minor, 0)) as measured_ratio,
        cast(:own_average_multiple as double) as limit_ratio
    from bought
    where
        date_diff('day', business_date, cast(:business_date as date)) < :fraud_days
        and earlier_count >= :min_own_orders and usual_minor > 0
        and net_sales_minor >= usual_minor * :own_average_multiple
    group by customer_key
),

final as (
    select * from frequent
    union all
    select * from distant
    union all
    select * from oversized
    union all
    select exception_code, customer_key, measured_ratio, limit_ratio from act_point_flags
)

select * from final
