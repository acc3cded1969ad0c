/*
grain: one row per store and date that spent more than its budget
kind: audit
severity: error
inputs: [fct_actions]
params: [business_date, store_budget]
describe: Offers of a store and day stay within its budget. ‖ 门店每日权益不超预算。
*/
with failures as (
    select store_id, business_date, cast(sum(offer_minor) as bigint) as offer_minor
    from fct_actions
    where business_date = :business_date
    group by store_id, business_date
    having sum(offer_minor) > :store_budget
)

select * from failures
