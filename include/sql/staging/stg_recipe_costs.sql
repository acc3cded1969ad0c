/*
grain: one row per item, store, currency and start day
kind: view
inputs: [raw_recipe_costs]
describe: What an item costs to make, from a day on. ‖ 配方成本，按生效日期。
*/
with newest as (
    select
        item_id,
        unit_cost_micro,
        valid_from,
        valid_to,
        store_id,
        currency_code,
        source_system,
        source_file_sha256,
        source_row
    from raw_recipe_costs
    qualify row_number() over (
        partition by
            item_id, coalesce(store_id, ''), valid_from, coalesce(currency_code, '')
        order by source_file_sha256, source_row
    ) = 1
)

select * from newest
