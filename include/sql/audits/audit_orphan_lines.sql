/*
grain: one row per order key that has lines and no order
kind: audit
severity: warn
inputs: [stg_order_lines, stg_orders]
describe: Lines whose order never came; they wait and count for nobody. ‖ 没有对应订单的品项。
*/
with failures as (
    select stg_order_lines.order_key, cast(count(*) as bigint) as line_count
    from stg_order_lines
    left join stg_orders on stg_order_lines.order_key = stg_orders.order_key
    where stg_orders.order_key is null
    group by stg_order_lines.order_key
)

select * from failures
