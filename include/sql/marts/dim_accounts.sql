/*
grain: one row per business account
kind: full
inputs: [int_account_customers, int_order_accounts, int_profiles, stg_accounts, stg_invoices, stg_orders, ops_identity_map]
unique: [account_id]
publish: true
describe: "Business accounts: whose they are, who their head office is, how they buy and pay. ‖ 商业账户。"
*/
with orders as (
    select
        int_order_accounts.account_id,
        count(distinct stg_orders.store_id) as store_count,
        count(distinct coalesce(ops_identity_map.customer_key, stg_orders.customer_key))
            as orderer_count
    from int_order_accounts
    inner join stg_orders on int_order_accounts.order_key = stg_orders.order_key
    left join ops_identity_map on stg_orders.customer_key = ops_identity_map.node_key
    group by int_order_accounts.account_id
),

employees as (
    select int_profiles.account_id, count(*) as employee_count
    from int_profiles
    inner join int_account_customers
        on int_profiles.account_id = int_account_customers.account_id
        and int_profiles.customer_key <> int_account_customers.customer_key
    group by int_profiles.account_id
),

invoices as (
    select
        account_id,
        count(*) as invoice_count,
        count(paid_on) as paid_count,
        sum(date_diff('day', due_on, paid_on)) as delay_days
    from stg_invoices
    group by account_id
),

gathered as (
    select
        accounts.account_id, accounts.customer_key,
        accounts.parent_account_id, accounts.root_account_id,
        stg_accounts.account_owner, stg_accounts.payment_terms_days,
        stg_accounts.buying_mode as stated_mode,
        case
            when orders.store_count > 1 and orders.orderer_count > 1 then 'scattered'
            when orders.store_count > 0 then 'central'
        end as observed_mode,
        coalesce(orders.store_count, 0) as store_count,
        coalesce(orders.orderer_count, 0) as orderer_count,
        coalesce(employees.employee_count, 0) as employee_count,
        coalesce(invoices.invoice_count, 0) as invoice_count,
        cast(invoices.delay_days as double) / nullif(invoices.paid_count, 0) as payment_delay_days
    from int_account_customers as accounts
    left join stg_accounts on accounts.account_id = stg_accounts.account_id
    left join orders on accounts.account_id = orders.account_id
    left join employees on accounts.account_id = employees.account_id
    left join invoices on accounts.account_id = invoices.account_id
),

final as (
    select
        account_id, customer_key, parent_account_id, root_account_id,
        account_owner, payment_terms_days,
        coalesce(stated_mode, observed_mode) as buying_mode,
        case when stated_mode is not null then 'stated' when observed_mode is not null
            then 'observed' end as buying_mode_source,
        cast(store_count as bigint) as store_count,
        cast(orderer_count as bigint) as orderer_count,
        cast(employee_count as bigint) as employee_count,
        cast(invoice_count as bigint) as invoice_count,
        cast(payment_delay_days as double) as payment_delay_days
    from gathered
)

select * from final
