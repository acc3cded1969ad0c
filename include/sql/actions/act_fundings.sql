/*
grain: one row per customer whose paid option the budget reaches
kind: full
inputs: [act_bids, ref_list_budgets]
unique: [customer_key]
describe: "Who gets what costs money: added profit per unit of cost, until the budget ends. ‖ 预算分配：按单位成本增量利润从高到低。"
*/
with bids as (
    select * from act_bids where paid_rung is not null and not is_held_out
),

-- What people set by hand comes first; an overrun of it is an exception.
by_hand as (
    select store_id, list_name, sum(cost_minor) as cost_minor
    from bids where is_by_hand
    group by store_id, list_name
),

budgets as (
    select
        budgets.store_id, budgets.list_name,
        greatest(budgets.budget_minor - coalesce(by_hand.cost_minor, 0), 0) as budget_minor,
        budgets.test_budget_minor
    from ref_list_budgets as budgets
    left join by_hand
        on budgets.store_id = by_hand.store_id and budgets.list_name = by_hand.list_name
),

queued as (
    select
        customer_key, store_id, list_name, is_test, cost_minor,
        sum(cost_minor) over (
            partition by store_id, list_name, is_test
            order by cast(gain_minor as double) / nullif(cost_minor, 0) desc, customer_key
            rows between unbounded preceding and current row
        ) as spent_minor
    from bids where not is_by_hand
),

-- No uplift measured: the test budget only.
tested as (
    select queued.customer_key, queued.store_id, queued.list_name, queued.cost_minor
    from queued
    inner join budgets
        on queued.store_id = budgets.store_id and queued.list_name = budgets.list_name
    where
        queued.is_test
        and queued.spent_minor <= least(budgets.test_budget_minor, budgets.budget_minor)
),

test_spent as (
    select store_id, list_name, sum(cost_minor) as cost_minor
    from tested
    group by store_id, list_name
),

proven as (
    select queued.customer_key
    from queued
    inner join budgets
        on queued.store_id = budgets.store_id and queued.list_name = budgets.list_name
    left join test_spent
        on queued.store_id = test_spent.store_id and queued.list_name = test_spent.list_name
    where
        not queued.is_test
        and queued.spent_minor <= budgets.budget_minor - coalesce(test_spent.cost_minor, 0)
),

final as (
    select customer_key from tested
    union all
    select customer_key from proven
    union all
    select customer_key from bids where is_by_hand
)

select * from final
