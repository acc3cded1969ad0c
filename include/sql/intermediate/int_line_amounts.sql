/*
grain: "one row per order line; line 0 is an order that came without lines"
kind: days
inputs: [int_orders, int_order_adjustments, int_closing_lines, stg_items]
unique: [order_key, line_no]
params: [first_date, last_date]
describe: Lines with what was sold, given away and taken off them. ‖ 品项的销售额、赠送与自身折扣。
*/
with lines as (
    select
        int_orders.order_key, int_orders.store_id, int_orders.customer_key, int_orders.is_paid,
        int_orders.business_date, int_orders.currency_code,
        coalesce(closing.line_no, 0) as line_no,
        coalesce(closing.item_id, '') as item_id,
        coalesce(closing.category, '') as category,
        coalesce(closing.quantity_milli, 0) as quantity_milli,
        closing.void_stage,
        coalesce(closing.discount_minor, 0) as discount_minor,
        coalesce(closing.is_gift, false) as is_gift,
        coalesce(closing.is_remake, false) as is_remake,
        coalesce(stg_items.revenue_kind, 'sale') = 'sale' as is_revenue,
        closing.order_key is not null as has_lines,
        coalesce(closing.gross_minor, int_orders.stated_gross_minor)
        - case when not int_orders.is_tax_included then 0
            when closing.order_key is null then int_orders.tax_minor
            else coalesce(closing.tax_minor, 0)
        end as list_minor
    from int_orders
    left join int_closing_lines as closing on int_orders.order_key = closing.order_key
    left join stg_items on closing.item_id = stg_items.item_id
    where int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
),

judged as (
    select
        *,
        is_paid and void_stage is null as is_on_check,
        is_paid and void_stage is null and is_revenue and not is_remake as is_sold,
        -- What comes back (a negative quantity) does not become uncooked.
        is_revenue and quantity_milli > 0 and case
            when void_stage is null then is_paid
            else void_stage = 'after_preparation'
        end as is_made
    from lines
),

valued as (
    select
        judged.order_key, judged.line_no, store_id, customer_key, item_id, category,
        quantity_milli, list_minor, is_sold, is_made, is_remake,
        is_on_check and has_lines as is_counted,
        is_paid and not has_lines as is_without_lines,
        case when is_on_check and not is_revenue then list_minor else 0 end as liability_minor,
        case when is_sold then list_minor else 0 end as gross_minor,
        case when is_sold and not is_gift
            then discount_minor + coalesce(merchant_discount_minor, 0) else 0
        end as line_discount_minor,
        case when is_sold and is_gift then list_minor
            when is_sold then coalesce(comp_minor, 0) else 0
        end as own_comp_minor,
        case when is_sold then coalesce(refund_minor, 0) else 0 end as line_refund_minor,
        currency_code, judged.business_date
    from judged
    left join int_order_adjustments as adjusted
        on judged.order_key = adjusted.order_key
        and judged.line_no = adjusted.line_no
        and judged.line_no > 0
)

select * from valued
