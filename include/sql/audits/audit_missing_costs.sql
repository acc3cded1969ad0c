/*
grain: one row per item and store sold without a known cost
kind: audit
severity: warn
inputs: [fct_order_lines]
describe: "Items sold without a recipe cost or a food rule: their profit is too high. ‖ 缺少成本的品项。"
*/
with failures as (
    select store_id, item_id, cast(count(*) as bigint) as line_count
    from fct_order_lines
    where is_cost_missing
    group by store_id, item_id
)

select * from failures
