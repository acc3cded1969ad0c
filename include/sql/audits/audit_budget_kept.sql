/*
grain: one row per store, list and date that spent more than its budget
kind: audit
severity: error
inputs: [fct_actions, ref_list_budgets]
params: [business_date]
describe: What a store's list gives away on a day stays within its budget; what waits is not given. ‖ 各门店名单每日权益不超预算。
*/
with spent as (
    select store_id, list_name, cast(sum(cost_minor) as bigint) as cost_minor
    from fct_actions
    where business_date = :business_date and not is_withheld
    group by store_id, list_name
),

failures as (
    select
        spent.store_id, spent.list_name, spent.cost_minor,
        coalesce(budgets.budget_minor, 0) as budget_minor
    from spent
    left join ref_list_budgets as budgets
        on spent.store_id = budgets.store_id and spent.list_name = budgets.list_name
    where spent.cost_minor > coalesce(budgets.budget_minor, 0)
)

select * from failures
