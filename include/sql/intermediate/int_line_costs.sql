/*
grain: one row per order line
kind: days
inputs: [int_line_shares, int_item_costs]
unique: [order_key, line_no]
params: [first_date, last_date]
describe: Lines with what their food cost; that of a remade dish is a cost of the complaint. ‖ 品项食材成本。
*/
with costed as (
    select
        int_line_shares.*,
        int_item_costs.cost_source,
        case
            when not int_line_shares.is_made then 0
            when int_item_costs.cost_source = 'recipe' then cast((
                int_line_shares.quantity_milli * int_item_costs.unit_cost_micro + 500000000
            ) // 1000000000 as bigint)
            when int_item_costs.cost_source = 'rule' then
                sign(int_line_shares.list_minor) * cast((
                    abs(int_line_shares.list_minor) * int_item_costs.food_rate_bps + 5000
                ) // 10000 as bigint)
            else 0
        end as made_minor
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
        order_key, line_no, store_id, customer_key, item_id, category, quantity_milli,
        gross_minor, line_discount_minor, order_discount_minor,
        line_discount_minor + order_discount_minor as discount_minor,
        comp_minor, refund_minor,
        case when is_remake then 0 else made_minor end as food_cost_minor,
        case when is_remake then made_minor else 0 end as remake_cost_minor,
        case when is_made then cost_source end as cost_source,
        is_counted,
        is_without_lines or (is_made and cost_source = 'missing') as is_cost_missing,
        liability_minor, weight, weight_before, total_weight, currency_code, business_date
    from costed
)

select * from final
