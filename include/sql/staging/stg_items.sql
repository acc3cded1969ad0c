/*
grain: one row per item
kind: view
inputs: [raw_items]
unique: [item_id]
describe: The menu. ‖ 菜单品项。
*/
with newest as (
    select
        item_id,
        item_name,
        category,
        revenue_kind,
        source_system,
        source_file_sha256,
        source_row
    from raw_items
    qualify row_number() over (
        partition by item_id
        order by source_file_sha256, source_row
    ) = 1
)

select * from newest
