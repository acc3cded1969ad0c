/*
grain: one row per list, guardrail and business date
kind: days
inputs: [act_candidates, act_plans]
unique: [list_name, guardrail, business_date]
params: [first_date, last_date]
describe: How many were left out of each list, and why. ‖ 各名单被拦下的人数与原因。
*/
with stopped as (
    select list_name, guardrail, snapshot_date
    from act_candidates
    where guardrail is not null
    union all
    select candidates.list_name, plans.guardrail, candidates.snapshot_date
    from act_plans as plans
    inner join act_candidates as candidates on plans.customer_key = candidates.customer_key
    where plans.guardrail is not null
    union all
    select list_name, 'expired_offer', snapshot_date
    from act_candidates
    where is_offer_expired
),

final as (
    select
        list_name, guardrail,
        cast(count(*) as bigint) as suppressed_count,
        snapshot_date as business_date
    from stopped
    where snapshot_date >= :first_date and snapshot_date <= :last_date
    group by list_name, guardrail, snapshot_date
)

select * from final
