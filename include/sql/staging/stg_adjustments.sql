/*
grain: one row per adjustment
kind: view
inputs: [raw_adjustments, ops_superseded_adjustments]
unique: [store_id, adjustment_id]
describe: Discounts, comps, refunds and charges, each once. ‖ 折扣、赠送、退款与扣费，每笔一行。
*/
with newest as (
    select
        raw.store_id || ':' || raw.order_id as order_key,
        raw.adjustment_id,
        raw.store_id,
        raw.adjustment_type,
        raw.funded_by,
        raw.amount_minor,
        raw.adjusted_local_at,
        raw.order_id,
        raw.line_no,
        raw.reason,
        raw.currency_code,
        raw.business_date,
        raw.source_system,
        raw.source_file_sha256,
        raw.source_row
    from raw_adjustments as raw
    left join ops_superseded_adjustments as superseded
        on raw.store_id = superseded.store_id
        and raw.adjustment_id = superseded.adjustment_id
        and raw.source_file_sha256 = superseded.source_file_sha256
        and raw.source_row = superseded.source_row
    where superseded.source_row is null
)

select * from newest
