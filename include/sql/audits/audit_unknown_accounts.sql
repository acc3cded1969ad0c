/*
grain: one row per account that is named and was never described
kind: audit
severity: warn
inputs: [stg_orders, stg_customers, stg_invoices, stg_reservations, int_account_customers]
describe: "Accounts that orders, profiles, invoices or bookings name and no accounts file describes. ‖ 未登记的商业账户。"
*/
with named as (
    select account_id, 'orders' as named_by from stg_orders
    union
    select account_id, 'customers' as named_by from stg_customers
    union
    select account_id, 'invoices' as named_by from stg_invoices
    union
    select account_id, 'reservations' as named_by from stg_reservations
),

failures as (
    select named.account_id, named.named_by
    from named
    left join int_account_customers on named.account_id = int_account_customers.account_id
    where named.account_id is not null and int_account_customers.account_id is null
)

select * from failures
