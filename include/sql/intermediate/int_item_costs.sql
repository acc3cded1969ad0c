/*
grain: one row per item, store and business date on which it was sold
kind: days
inputs: [int_line_amounts, stg_recipe_costs, int_food_rules]
unique: [item_id, store_id, category, business_date]
params: [first_date, last_date]
describe: What an item cost to make on a day; the store's own recipe wins. ‖ 当日品项成本，门店配方优先。
*/
with items as (
    select distinct item_id, store_id, category, currency_code, business_date
    from int_line_amounts
    where business_date >= :first_date and business_date <= :last_date
),

recipes as (
    select
        items.item_id,
        items.store_id,
        items.category,
        items.business_date,
        stg_recipe_costs.unit_cost_micro
    from items
    inner join stg_recipe_costs
        on items.item_id = stg_recipe_costs.item_id
        and items.store_id = coalesce(stg_recipe_costs.store_id, items.store_id)
        and items.currency_code = stg_recipe_costs.currency_code
        and items.business_date >= stg_recipe_costs.valid_from
        and items.business_date
        <= coalesce(stg_recipe_costs.valid_to, cast('9999-12-31' as date))
    qualify row_number() over (
        partition by items.item_id, items.store_id, items.category, items.business_date
        order by
            case when stg_recipe_costs.store_id is null then 1 else 0 end,
            stg_recipe_costs.valid_from desc,
            stg_recipe_costs.source_file_sha256,
            stg_recipe_costs.source_row
    ) = 1
),

priced as (
    select
        items.item_id,
        items.store_id,
        items.category,
        recipes.unit_cost_micro,
        int_food_rules.rate_bps as food_rate_bps,
        case
            when recipes.unit_cost_micro is not null then 'recipe'
            when int_food_rules.rate_bps is not null then 'rule'
            else 'missing'
        end as cost_source,
        items.business_date
    from items
    left join recipes
        on items.item_id = recipes.item_id
        and items.store_id = recipes.store_id
        and items.category = recipes.category
        and items.business_date = recipes.business_date
    left join int_food_rules
        on items.item_id = int_food_rules.item_id
        and items.store_id = int_food_rules.store_id
        and items.category = int_food_rules.category
        and items.business_date = int_food_rules.business_date
)

select * from priced
