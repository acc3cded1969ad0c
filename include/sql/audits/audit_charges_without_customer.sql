/*
grain: one row per store and kind of charge that found no customer
kind: audit
severity: warn
inputs: [fct_store_costs]
describe: "Points or credit of somebody nobody knows; kept with the store. ‖ 找不到客户的积分或赊账成本。"
*/
with failures as (
    select
        store_id, cost_kind, currency_code,
        cast(sum(row_count) as bigint) as row_count,
        cast(sum(cost_minor) as bigint) as cost_minor
    from fct_store_costs
    where cost_kind in ('incentive_without_customer', 'credit_without_customer')
    group by store_id, cost_kind, currency_code
)

select * from failures
