/*
grain: "one row per line of an order: its newest revision"
kind: view
inputs: [raw_order_lines]
unique: [store_id, order_id, line_no]
describe: Order lines, each once. ‖ 订单品项，每项一行。
*/
with newest as (
    select
        store_id || ':' || order_id as order_key,
        order_id,
        store_id,
        line_no,
        item_id,
        quantity_milli,
        gross_minor,
        parent_line_no,
        item_name,
        category,
        discount_minor,
        tax_minor,
        is_gift,
        void_stage,
        is_remake,
        coalesce(revision, 0) as revision,
        source_system,
        source_file_sha256,
        source_row
    from raw_order_lines
    qualify row_number() over (
        partition by store_id, order_id, line_no
        order by coalesce(raw_order_lines.revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
