/*
grain: one row per store, business date, currency and way of knowing whose an order is
kind: days
inputs: [fct_orders, int_order_customers]
unique: [store_id, recognised_by, currency_code, business_date]
params: [first_date, last_date]
publish: true
describe: "How guests were recognised: by account, reference or identifier; or not at all. ‖ 客户识别方式。"
*/
with told as (
    select
        fct_orders.store_id,
        coalesce(int_order_customers.evidence, 'none') as recognised_by,
        fct_orders.currency_code,
        fct_orders.is_paid,
        fct_orders.net_sales_minor,
        fct_orders.business_date
    from fct_orders
    inner join int_order_customers
        on fct_orders.order_key = int_order_customers.order_key
        and fct_orders.business_date = int_order_customers.business_date
    where fct_orders.business_date >= :first_date and fct_orders.business_date <= :last_date
),

final as (
    select
        store_id,
        recognised_by,
        currency_code,
        cast(count(*) filter (where is_paid) as bigint) as order_count,
        cast(sum(net_sales_minor) as bigint) as net_sales_minor,
        business_date
    from told
    group by store_id, recognised_by, currency_code, business_date
)

select * from final
