/*
grain: one row per invoice and thirty days of waiting for the money
kind: full
inputs: [stg_invoices, int_account_customers, ref_charge_rates, ref_dates, int_installments]
unique: [invoice_id, business_date]
describe: What it costs to wait for an account's money, charged every thirty days and on the day it comes. ‖ 赊账资金成本。
*/
with horizon as (
    select max(calendar_date) as last_date from ref_dates
),

owed as (
    select
        stg_invoices.invoice_id,
        stg_invoices.account_id,
        stg_invoices.store_id,
        stg_invoices.currency_code,
        stg_invoices.amount_minor,
        stg_invoices.issued_on,
        rates.rate_bps,
        date_diff('day', stg_invoices.issued_on, coalesce(stg_invoices.paid_on, last_date))
            as waiting_days,
        stg_invoices.paid_on is not null as is_settled
    from stg_invoices
    cross join horizon
    inner join ref_charge_rates as rates
        on rates.charge_kind = 'capital'
        and stg_invoices.issued_on >= rates.valid_from
        and stg_invoices.issued_on <= rates.valid_to
),

stepped as (
    select
        owed.*,
        steps.offset_days as from_days,
        least(steps.offset_days + 30, waiting_days) as until_days
    from owed
    inner join int_installments as steps on steps.offset_days < waiting_days
    where is_settled or steps.offset_days + 30 <= waiting_days
),

final as (
    select
        stepped.invoice_id,
        accounts.customer_key,
        stepped.store_id,
        stepped.currency_code,
        cast((stepped.amount_minor * until_days * rate_bps + 1825000) // 3650000 as bigint)
        - cast((stepped.amount_minor * from_days * rate_bps + 1825000) // 3650000 as bigint)
            as amount_minor,
        stepped.issued_on + cast(until_days as integer) as business_date
    from stepped
    left join int_account_customers as accounts on stepped.account_id = accounts.account_id
)

select * from final
