/*
grain: one row per order line
kind: days
inputs: [int_line_amounts, int_order_adjustments]
unique: [order_key, line_no]
params: [first_date, last_date]
describe: Discounts and refunds of the whole order, shared out over its lines to the cent. ‖ 整单折扣与退款按品项分摊。
*/
with order_wide as (
    select order_key, merchant_discount_minor + comp_minor as order_discount_minor, refund_minor
    from int_order_adjustments
    where
        line_no = 0 and business_date >= :first_date and business_date <= :last_date
),

weighed as (
    select
        int_line_amounts.*,
        coalesce(order_wide.order_discount_minor, 0) as shared_discount_minor,
        coalesce(order_wide.refund_minor, 0) as shared_refund_minor,
        greatest(gross_minor - line_discount_minor - comp_minor, 0) as own_weight,
        row_number() over (
            partition by int_line_amounts.order_key order by line_no
        ) as line_rank
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
        cast(sum(weight) over (
            partition by order_key order by line_no
            rows between unbounded preceding and current row
        ) as bigint) as weight_so_far
    from balanced
),

shared as (
    select
        *,
        cast(shared_discount_minor * weight_so_far // total_weight as bigint)
        - cast(shared_discount_minor * (weight_so_far - weight) // total_weight as bigint)
            as order_discount_minor,
        line_refund_minor
        + cast(shared_refund_minor * weight_so_far // total_weight as bigint)
        - cast(shared_refund_minor * (weight_so_far - weight) // total_weight as bigint)
            as refund_minor
    from running
)

select * from shared
