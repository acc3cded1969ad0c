/*
grain: "one row per invoice: its newest revision"
kind: view
inputs: [raw_invoices]
unique: [invoice_id]
describe: Invoices to accounts, each once. ‖ 开给商业账户的发票，每张一行。
*/
with newest as (
    select
        invoice_id,
        account_id,
        issued_on,
        due_on,
        amount_minor,
        store_id,
        order_id,
        paid_on,
        currency_code,
        source_system,
        source_file_sha256,
        source_row
    from raw_invoices
    qualify row_number() over (
        partition by invoice_id
        order by coalesce(revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
