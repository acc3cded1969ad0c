/*
grain: one row per customer and business date
kind: days
inputs: [raw_order_lines, raw_guests, ref_item_costs, ref_channel_fees]
unique: [customer_no, business_date]
params: [first_date, last_date]
describe: What each customer bought and brought on a day. ‖ 每位客户每日的消费与贡献。
*/
with orders as (
    select
        lines.order_no, lines.guest_no, lines.channel_no, lines.business_date,
        sum(lines.gross_minor - lines.discount_minor) as net_minor,
        sum(lines.quantity * costs.unit_cost_micro) as food_cost_micro
    from raw_order_lines as lines
    inner join ref_item_costs as costs
        on lines.item_no = costs.item_no
        and lines.business_date >= costs.valid_from
        and lines.business_date < costs.valid_to
    where lines.business_date >= :first_date and lines.business_date <= :last_date
    group by lines.order_no, lines.guest_no, lines.channel_no, lines.business_date
),

-- Each order is rounded once: its food cost and its fee down to whole minor units.
margins as (
    select
        guests.customer_no, orders.net_minor, orders.business_date,
        orders.net_minor
        - cast(orders.food_cost_micro // 1000000 as bigint)
        - cast((orders.net_minor * fees.fee_bps) // 10000 as bigint) as profit_minor
    from orders
    inner join ref_channel_fees as fees
        on orders.channel_no = fees.channel_no
        and orders.business_date >= fees.valid_from
        and orders.business_date < fees.valid_to
    inner join raw_guests as guests on orders.guest_no = guests.guest_no
),

final as (
    select
        customer_no,
        cast(count(*) as bigint) as order_count,
        cast(sum(net_minor) as bigint) as net_minor,
        cast(sum(profit_minor) as bigint) as profit_minor,
        business_date
    from margins
    group by customer_no, business_date
)

select * from final
