/*
grain: one row per order whose lines do not add up to it
kind: audit
severity: error
inputs: [fct_orders, fct_order_lines]
describe: Line net sales + fee income = order net sales, food cost too. ‖ 品项合计等于订单。
*/
with lines as (
    select
        order_key,
        cast(sum(net_sales_minor) as bigint) as net_sales_minor,
        cast(sum(food_cost_minor) as bigint) as food_cost_minor
    from fct_order_lines
    group by order_key
),

failures as (
    select
        fct_orders.order_key,
        fct_orders.net_sales_minor,
        lines.net_sales_minor + fct_orders.fee_income_minor as line_net_sales_minor
    from fct_orders
    inner join lines on fct_orders.order_key = lines.order_key
    where
        fct_orders.net_sales_minor <> lines.net_sales_minor + fct_orders.fee_income_minor
        or fct_orders.food_cost_minor <> lines.food_cost_minor
)

select * from failures
