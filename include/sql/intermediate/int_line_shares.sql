/*
grain: one row per order line
kind: days
inputs: [int_line_amounts, int_order_adjustments]
unique: [order_key, line_no]
params: [first_date, last_date]
describe: Discounts and refunds of the whole order, shared out over its lines to the cent. ‖ 整单折扣与退款按品项分摊。
*/
-- An adjustment that names no line of the check is about the whole of it.
with order_wide as (
    select
        adjusted.order_key,
        cast(sum(merchant_discount_minor) as bigint) as shared_discount_minor,
        cast(sum(adjusted.comp_minor) as bigint) as shared_comp_minor,
        cast(sum(refund_minor) as bigint) as shared_refund_minor
    from int_order_adjustments as adjusted
    left join int_line_amounts
        on adjusted.order_key = int_line_amounts.order_key
        and adjusted.line_no = int_line_amounts.line_no
    where
        (adjusted.line_no = 0 or int_line_amounts.order_key is null)
        and adjusted.business_date >= :first_date and adjusted.business_date <= :last_date
    group by adjusted.order_key
),

weighed as (
    select
        int_line_amounts.*,
        coalesce(order_wide.shared_discount_minor, 0) as shared_discount_minor,
        coalesce(order_wide.shared_comp_minor, 0) as shared_comp_minor,
        coalesce(order_wide.shared_refund_minor, 0) as shared_refund_minor,
        greatest(gross_minor - line_discount_minor - own_comp_minor, 0) as own_weight,
        cast(row_number() over (
            partition by int_line_amounts.order_key order by line_no
        ) as bigint) as line_rank
    from int_line_amounts
    left join order_wide on int_line_amounts.order_key = order_wide.order_key
    where business_date >= :first_date and business_date <= :last_date
),

-- An order whose lines are all free still has to put its discount somewhere: the first line.
balanced as (
    select
        *,
        case
            when sum(own_weight) over (partition by order_key) > 0 then own_weight
            when line_rank = 1 then 1
            else 0
        end as weight
    from weighed
),

running as (
    select
        *,
        cast(sum(weight) over (partition by order_key) as bigint) as total_weight,
        cast(coalesce(sum(weight) over (
            partition by order_key order by line_no
            rows between unbounded preceding and 1 preceding
        ), 0) as bigint) as weight_before
    from balanced
),

shared as (
    select
        *,
        cast(shared_discount_minor * (weight_before + weight) // total_weight as bigint)
        - cast(shared_discount_minor * weight_before // total_weight as bigint)
            as order_discount_minor,
        own_comp_minor
        + cast(shared_comp_minor * (weight_before + weight) // total_weight as bigint)
        - cast(shared_comp_minor * weight_before // total_weight as bigint) as comp_minor,
        line_refund_minor
        + cast(shared_refund_minor * (weight_before + weight) // total_weight as bigint)
        - cast(shared_refund_minor * weight_before // total_weight as bigint) as refund_minor
    from running
)

select * from shared
