/*
grain: one row per order line
kind: days
inputs: [int_orders, int_order_adjustments, stg_order_lines, stg_items]
unique: [order_key, line_no]
params: [first_date, last_date]
describe: Lines with what was sold, given away and taken off them. ‖ 品项的销售额、赠送与自身折扣。
*/
with lines as (
    select
        stg_order_lines.*,
        int_orders.customer_key,
        int_orders.is_paid,
        int_orders.business_date,
        int_orders.currency_code,
        coalesce(stg_items.revenue_kind, 'sale') = 'sale' as is_revenue,
        coalesce(int_order_adjustments.merchant_discount_minor, 0) as adjusted_minor,
        coalesce(int_order_adjustments.comp_minor, 0) as comped_minor,
        coalesce(int_order_adjustments.refund_minor, 0) as line_refund_minor,
        case when int_orders.is_tax_included
            then stg_order_lines.gross_minor - coalesce(stg_order_lines.tax_minor, 0)
            else stg_order_lines.gross_minor
        end as list_minor
    from int_orders
    inner join stg_order_lines on int_orders.order_key = stg_order_lines.order_key
    left join stg_items on stg_order_lines.item_id = stg_items.item_id
    left join int_order_adjustments
        on stg_order_lines.order_key = int_order_adjustments.order_key
        and stg_order_lines.line_no = int_order_adjustments.line_no
    where int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
),

judged as (
    select
        *,
        is_revenue and is_paid and void_stage is null as is_sold,
        is_revenue and case
            when void_stage is null then is_paid
            else void_stage = 'after_preparation'
        end as is_made
    from lines
),

valued as (
    select
        order_key,
        line_no,
        store_id,
        customer_key,
        item_id,
        coalesce(category, '') as category,
        quantity_milli,
        list_minor,
        is_sold,
        is_made,
        is_paid and void_stage is null as is_counted,
        case when is_paid and not is_revenue and void_stage is null then list_minor else 0
        end as liability_minor,
        case when is_sold then list_minor else 0 end as gross_minor,
        case when is_sold and not coalesce(is_gift, false)
            then coalesce(discount_minor, 0) + adjusted_minor else 0
        end as line_discount_minor,
        case
            when is_sold and coalesce(is_gift, false) then list_minor
            when is_sold then comped_minor
            else 0
        end as comp_minor,
        case when is_sold then line_refund_minor else 0 end as line_refund_minor,
        currency_code,
        business_date
    from judged
)

select * from valued
