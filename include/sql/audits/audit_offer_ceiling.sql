/*
grain: one row per offer that costs more than it may
kind: audit
severity: error
inputs: [fct_actions]
params: [business_date, max_ceiling_share]
describe: "No offer above its share of c_max = m(1 - p0/p1) - k/p1, none that eats a typical order; what waits is not given. ‖ 权益不得超过上限。"
*/
-- By the published formula on the row's own figures: another road than the one that decided.
with priced as (
    select
        customer_key, cost_minor, order_cm3_minor,
        visit_cm2_minor * (1 - return_without_ratio / nullif(return_with_ratio, 0))
        - contact_cost_minor / nullif(return_with_ratio, 0) as ceiling
    from fct_actions
    where business_date = :business_date and cost_minor > 0 and not is_withheld
),

failures as (
    select * from priced
    where
        coalesce(ceiling, 0) * cast(:max_ceiling_share as double) + cast(0.001 as double)
        < cost_minor
        or cost_minor > order_cm3_minor
)

select * from failures
