/*
grain: one row per offer set by hand above its limit, and store's list whose promises exceed its budget
kind: full
inputs: [act_choices, ref_list_budgets]
unique: [exception_code, customer_key, list_name, store_id]
describe: "Promises of people that the policy would not make. ‖ 超出政策的人工权益。"
*/
with promised as (
    select * from act_choices where is_by_hand
),

above as (
    select
        'offer_above_ceiling' as exception_code, customer_key, '' as list_name, '' as store_id,
        cost_minor as measured_minor, allowed_minor as limit_minor, currency_code
    from promised
    where cost_minor > allowed_minor
),

spent as (
    select store_id, list_name, sum(cost_minor) as cost_minor, min(currency_code) as currency_code
    from promised
    group by store_id, list_name
),

overrun as (
    select
        'budget_overrun' as exception_code, '' as customer_key, spent.list_name, spent.store_id,
        spent.cost_minor as measured_minor, coalesce(budgets.budget_minor, 0) as limit_minor,
        spent.currency_code
    from spent
    left join ref_list_budgets as budgets
        on spent.store_id = budgets.store_id and spent.list_name = budgets.list_name
    where spent.cost_minor > coalesce(budgets.budget_minor, 0)
),

gathered as (
    select * from above
    union all
    select * from overrun
),

final as (
    select
        exception_code, customer_key, list_name, store_id,
        cast(measured_minor as bigint) as measured_minor,
        cast(limit_minor as bigint) as limit_minor, currency_code
    from gathered
)

select * from final
