/*
grain: one row per item
kind: full
inputs: [stg_items, stg_order_lines]
unique: [item_id]
publish: true
describe: Everything that was ever on the menu or on a bill. ‖ 品项。
*/
with sold as (
    select item_id, min(item_name) as item_name, min(category) as category
    from stg_order_lines
    group by item_id
),

final as (
    select
        coalesce(stg_items.item_id, sold.item_id) as item_id,
        coalesce(stg_items.item_name, sold.item_name, sold.item_id) as item_name,
        coalesce(stg_items.category, sold.category, '') as category,
        coalesce(stg_items.revenue_kind, 'sale') as revenue_kind
    from stg_items
    full outer join sold on stg_items.item_id = sold.item_id
)

select * from final
