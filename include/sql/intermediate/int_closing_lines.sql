/*
grain: one row per line of the newest closing of a check
kind: days
inputs: [int_orders, stg_order_lines]
unique: [order_key, line_no]
params: [first_date, last_date]
describe: "Lines that count: those of a check that was closed again replace the earlier ones. ‖ 反结账后以最新品项为准。"
*/
with lines as (
    select
        stg_order_lines.*,
        int_orders.revision as order_revision,
        int_orders.business_date
    from int_orders
    inner join stg_order_lines
        on int_orders.store_id = stg_order_lines.store_id
        and int_orders.order_id = stg_order_lines.order_id
    where int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
),

-- Only if the newest closing brought lines of its own: a source may correct the total alone.
compared as (
    select
        *,
        max(case when revision >= order_revision then 1 else 0 end) over (
            partition by order_key
        ) as has_closing_lines
    from lines
),

final as (
    select
        order_key, line_no, item_id, category, quantity_milli, gross_minor, discount_minor,
        tax_minor, is_gift, is_remake, void_stage, business_date
    from compared
    where has_closing_lines = 0 or revision >= order_revision
)

select * from final
