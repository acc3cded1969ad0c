/*
grain: one row per order line
kind: days
inputs: [int_line_shares, int_item_costs]
unique: [order_key, line_no]
params: [first_date, last_date]
publish: true
describe: Net sales and food cost of every line, order discounts shared out to the cent. ‖ 每个品项的净销售与食材成本。
*/
with costed as (
    select
        int_line_shares.*,
        int_item_costs.cost_source,
        case
            when not int_line_shares.is_made then 0
            when int_item_costs.cost_source = 'recipe' then
                sign(int_line_shares.quantity_milli) * cast((
                    abs(int_line_shares.quantity_milli) * int_item_costs.unit_cost_micro + 500000000
                ) // 1000000000 as bigint)
            when int_item_costs.cost_source = 'rule' then
                sign(int_line_shares.list_minor) * cast((
                    abs(int_line_shares.list_minor) * int_item_costs.food_rate_bps + 5000
                ) // 10000 as bigint)
            else 0
        end as food_cost_minor
    from int_line_shares
    left join int_item_costs
        on int_line_shares.item_id = int_item_costs.item_id
        and int_line_shares.store_id = int_item_costs.store_id
        and int_line_shares.category = int_item_costs.category
        and int_line_shares.business_date = int_item_costs.business_date
    where
        int_line_shares.business_date >= :first_date
        and int_line_shares.business_date <= :last_date
),

final as (
    select
        order_key,
        line_no,
        store_id,
        customer_key,
        item_id,
        category,
        quantity_milli,
        cast(gross_minor as bigint) as gross_minor,
        cast(line_discount_minor as bigint) as line_discount_minor,
        cast(order_discount_minor as bigint) as order_discount_minor,
        cast(comp_minor as bigint) as comp_minor,
        cast(refund_minor as bigint) as refund_minor,
        cast(
            gross_minor - line_discount_minor - order_discount_minor - comp_minor - refund_minor
            as bigint
        ) as net_sales_minor,
        cast(food_cost_minor as bigint) as food_cost_minor,
        case when is_made then cost_source end as cost_source,
        is_counted,
        is_made and cost_source = 'missing' as is_cost_missing,
        cast(liability_minor as bigint) as liability_minor,
        currency_code,
        business_date
    from costed
)

select * from final
