/*
grain: "one row per line of an order: its newest revision"
kind: view
inputs: [raw_order_lines, ops_superseded_order_lines]
unique: [store_id, order_id, line_no]
describe: Order lines, each once. ‖ 订单品项，每项一行。
*/
with newest as (
    select
        raw.store_id || ':' || raw.order_id as order_key,
        raw.order_id,
        raw.store_id,
        raw.line_no,
        raw.item_id,
        raw.quantity_milli,
        raw.gross_minor,
        raw.parent_line_no,
        raw.item_name,
        raw.category,
        raw.discount_minor,
        raw.tax_minor,
        raw.is_gift,
        raw.void_stage,
        raw.is_remake,
        coalesce(raw.revision, 0) as revision,
        raw.source_system,
        raw.source_file_sha256,
        raw.source_row
    from raw_order_lines as raw
    left join ops_superseded_order_lines as superseded
        on raw.store_id = superseded.store_id
        and raw.order_id = superseded.order_id
        and raw.line_no = superseded.line_no
        and raw.source_file_sha256 = superseded.source_file_sha256
        and raw.source_row = superseded.source_row
    where superseded.source_row is null
)

select * from newest
