/*
grain: one row per adjustment
kind: view
inputs: [raw_adjustments]
unique: [store_id, adjustment_id]
describe: Discounts, comps, refunds and charges, each once. ‖ 折扣、赠送、退款与扣费，每笔一行。
*/
with newest as (
    select
        store_id || ':' || order_id as order_key,
        adjustment_id,
        store_id,
        adjustment_type,
        funded_by,
        amount_minor,
        adjusted_local_at,
        order_id,
        line_no,
        reason,
        currency_code,
        business_date,
        source_system,
        source_file_sha256,
        source_row
    from raw_adjustments
    qualify row_number() over (
        partition by store_id, adjustment_id
        order by coalesce(revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
