/*
grain: one row per business account, currency and snapshot date
kind: snapshot
inputs: [fct_orders, int_order_accounts, int_account_customers, ref_snapshot_dates]
unique: [account_id, currency_code, snapshot_date]
params: [first_date, last_date, curve_days]
publish: true
describe: "What an account bought and brought in the trailing year, and its whole house with it. ‖ 商业账户近一年业绩及集团汇总。"
*/
with billed as (
    select
        int_order_accounts.account_id,
        fct_orders.currency_code,
        fct_orders.is_paid,
        fct_orders.net_sales_minor,
        fct_orders.cm2_minor,
        ref_snapshot_dates.snapshot_date
    from int_order_accounts
    inner join fct_orders on int_order_accounts.order_key = fct_orders.order_key
    inner join ref_snapshot_dates
        on fct_orders.business_date <= ref_snapshot_dates.snapshot_date
        and date_diff('day', fct_orders.business_date, ref_snapshot_dates.snapshot_date)
        < :curve_days
    where
        ref_snapshot_dates.snapshot_date >= :first_date
        and ref_snapshot_dates.snapshot_date <= :last_date
),

own as (
    select
        account_id, currency_code, snapshot_date,
        count(*) filter (where is_paid) as order_count,
        sum(net_sales_minor) as net_sales_minor,
        sum(cm2_minor) as cm2_minor
    from billed
    group by account_id, currency_code, snapshot_date
),

houses as (
    select
        int_account_customers.root_account_id, own.currency_code, own.snapshot_date,
        sum(own.order_count) as order_count,
        sum(own.net_sales_minor) as net_sales_minor,
        sum(own.cm2_minor) as cm2_minor
    from own
    inner join int_account_customers on own.account_id = int_account_customers.account_id
    group by int_account_customers.root_account_id, own.currency_code, own.snapshot_date
),

-- Every account of a house that bought has a row, also a head office that never orders itself.
final as (
    select
        accounts.account_id,
        accounts.root_account_id,
        houses.currency_code,
        cast(coalesce(own.order_count, 0) as bigint) as order_count,
        cast(coalesce(own.net_sales_minor, 0) as bigint) as net_sales_minor,
        cast(coalesce(own.cm2_minor, 0) as bigint) as cm2_minor,
        cast(houses.order_count as bigint) as house_order_count,
        cast(houses.net_sales_minor as bigint) as house_net_sales_minor,
        cast(houses.cm2_minor as bigint) as house_cm2_minor,
        houses.snapshot_date
    from houses
    inner join int_account_customers as accounts
        on houses.root_account_id = accounts.root_account_id
    left join own
        on accounts.account_id = own.account_id
        and houses.currency_code = own.currency_code
        and houses.snapshot_date = own.snapshot_date
)

select * from final
