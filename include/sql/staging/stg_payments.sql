/*
grain: one row per payment
kind: view
inputs: [raw_payments, ops_superseded_payments]
unique: [store_id, order_id, payment_id]
describe: Payments, each once. ‖ 付款，每笔一行。
*/
with newest as (
    select
        raw.store_id || ':' || raw.order_id as order_key,
        raw.payment_id,
        raw.order_id,
        raw.store_id,
        raw.tender,
        raw.amount_minor,
        raw.tip_minor,
        raw.fee_minor,
        raw.paid_local_at,
        raw.business_date,
        coalesce(raw.revision, 0) as revision,
        raw.source_system,
        raw.source_file_sha256,
        raw.source_row
    from raw_payments as raw
    left join ops_superseded_payments as superseded
        on raw.store_id = superseded.store_id
        and raw.order_id = superseded.order_id
        and raw.payment_id = superseded.payment_id
        and raw.source_file_sha256 = superseded.source_file_sha256
        and raw.source_row = superseded.source_row
    where superseded.source_row is null
)

select * from newest
