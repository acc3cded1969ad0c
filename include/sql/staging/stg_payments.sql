/*
grain: one row per payment
kind: view
inputs: [raw_payments]
unique: [store_id, order_id, payment_id]
describe: Payments, each once. ‖ 付款，每笔一行。
*/
with newest as (
    select
        store_id || ':' || order_id as order_key,
        payment_id,
        order_id,
        store_id,
        tender,
        amount_minor,
        tip_minor,
        fee_minor,
        paid_local_at,
        business_date,
        coalesce(revision, 0) as revision,
        source_system,
        source_file_sha256,
        source_row
    from raw_payments
    qualify row_number() over (
        partition by store_id, order_id, payment_id
        order by coalesce(raw_payments.revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
