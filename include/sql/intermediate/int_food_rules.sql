/*
grain: one row per item, store and business date on which a food rule applies
kind: days
inputs: [int_line_amounts, stg_cost_rules]
unique: [item_id, store_id, category, business_date]
params: [first_date, last_date]
describe: The food rate for items without a recipe cost. ‖ 无配方成本时的食材成本率。
*/
with items as (
    select distinct item_id, store_id, category, business_date
    from int_line_amounts
    where business_date >= :first_date and business_date <= :last_date
),

rules as (
    select
        items.item_id,
        items.store_id,
        items.category,
        stg_cost_rules.rate_bps,
        items.business_date
    from items
    inner join stg_cost_rules
        on stg_cost_rules.component = 'food'
        and stg_cost_rules.basis = 'rate'
        and items.store_id = coalesce(stg_cost_rules.store_id, items.store_id)
        and items.category = coalesce(stg_cost_rules.category, items.category)
        and items.business_date >= stg_cost_rules.valid_from
        and items.business_date <= stg_cost_rules.valid_to
    qualify row_number() over (
        partition by items.item_id, items.store_id, items.category, items.business_date
        order by
            stg_cost_rules.priority desc,
            stg_cost_rules.scope_count desc,
            stg_cost_rules.rule_id
    ) = 1
)

select * from rules
