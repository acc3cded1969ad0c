/*
grain: one row per order whose evidence names two people
kind: audit
severity: warn
inputs: [int_order_customers]
describe: "Orders whose identifiers belong to different people; they count as unidentified. ‖ 身份标识相互矛盾的订单。"
*/
with failures as (
    select order_key, business_date
    from int_order_customers
    where evidence = 'contradiction'
)

select * from failures
