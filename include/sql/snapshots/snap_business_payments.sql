/*
grain: one row per business customer with an invoice due or paid in the trailing year and snapshot date
kind: snapshot
inputs: [int_customer_kinds, int_account_customers, stg_invoices]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, curve_days]
describe: "How many days after they fell due a business customer's invoices were paid, early ones below zero. ‖ 商业客户平均逾期付款天数。"
*/
with known as (
    select customer_key, snapshot_date
    from int_customer_kinds
    where
        customer_kind = 'business'
        and snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- What is not paid by the date is late until the date, whatever became of it later.
final as (
    select
        known.customer_key,
        cast(count(*) as bigint) as due_invoice_count,
        cast(sum(date_diff('day', due_on, least(
            coalesce(paid_on, known.snapshot_date), known.snapshot_date
        ))) as double) / nullif(count(*), 0) as payment_delay_days,
        known.snapshot_date
    from known
    inner join int_account_customers as accounts on known.customer_key = accounts.customer_key
    inner join stg_invoices as invoices on accounts.account_id = invoices.account_id
    where
        issued_on <= known.snapshot_date
        and (due_on <= known.snapshot_date or paid_on <= known.snapshot_date)
        and date_diff('day', issued_on, known.snapshot_date) < :curve_days
    group by known.customer_key, known.snapshot_date
)

select * from final
