/*
grain: one row per order that an account pays
kind: full
inputs: [stg_orders, stg_payments, stg_customers, int_account_customers]
unique: [order_key]
describe: "Orders billed to an account: those that name it, and those an employee signs for. ‖ 账户结算的订单。"
*/
with signed as (
    select distinct order_key
    from stg_payments
    where tender = 'house_account'
),

-- A house account without a name is that of the company the guest works for.
billed as (
    select
        stg_orders.order_key,
        coalesce(stg_orders.account_id, stg_customers.account_id) as account_id,
        stg_orders.account_id is null as is_signed_for
    from stg_orders
    left join signed on stg_orders.order_key = signed.order_key
    left join stg_customers on stg_orders.customer_key = stg_customers.customer_key
    where stg_orders.account_id is not null or signed.order_key is not null
),

final as (
    select
        billed.order_key,
        billed.account_id,
        int_account_customers.customer_key,
        billed.is_signed_for
    from billed
    inner join int_account_customers on billed.account_id = int_account_customers.account_id
)

select * from final
