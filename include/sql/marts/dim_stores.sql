/*
grain: one row per store
kind: full
inputs: [ref_stores]
unique: [store_id]
publish: true
describe: Stores with their zone, cut-off and currency. ‖ 门店。
*/
with final as (
    select store_id, store_name, brand, city, store_type, time_zone, cutoff, currency_code
    from ref_stores
)

select * from final
