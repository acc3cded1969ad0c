/*
grain: one row per item, store, channel, daypart and price that only some guests paid on the date
kind: audit
severity: warn
inputs: [fct_order_lines, fct_orders]
params: [business_date]
describe: "Same basket, same price: one item, store, channel and part of the day has one menu price. ‖ 同品同价：同门店、渠道、时段的同一菜品菜单价一致。"
*/
-- Menu price before any discount; a portion that is split or a gift has no price of its own.
with priced as (
    select
        lines.store_id, lines.item_id, orders.channel,
        coalesce(orders.platform, '') as platform, coalesce(orders.daypart, '') as daypart,
        orders.currency_code, lines.customer_key,
        cast(lines.gross_minor * 1000 // lines.quantity_milli as bigint) as unit_price_minor
    from fct_order_lines as lines
    inner join fct_orders as orders on lines.order_key = orders.order_key
    where
        lines.business_date = :business_date and orders.is_paid and lines.is_counted
        and lines.item_id is not null and lines.customer_key is not null
        and lines.quantity_milli >= 1000 and lines.gross_minor > 0
),

compared as (
    select
        store_id, item_id, channel, platform, daypart, currency_code,
        min(unit_price_minor) as lowest_minor, max(unit_price_minor) as highest_minor,
        cast(count(distinct customer_key) as bigint) as customer_count
    from priced
    group by store_id, item_id, channel, platform, daypart, currency_code
),

-- Taking the tax out of a price may leave a unit more or less.
failures as (
    select * from compared
    where highest_minor - lowest_minor > 1 and customer_count > 1
)

select * from failures
