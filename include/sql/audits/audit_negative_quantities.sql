/*
grain: one row per store and item sold in a negative quantity
kind: audit
severity: warn
inputs: [fct_order_lines]
describe: "Lines with a negative quantity: taken as food given back, whose cost stays. ‖ 数量为负的品项。"
*/
with failures as (
    select
        store_id, item_id,
        cast(count(*) as bigint) as line_count,
        cast(sum(gross_minor) as bigint) as gross_minor
    from fct_order_lines
    where quantity_milli < 0
    group by store_id, item_id
)

select * from failures
