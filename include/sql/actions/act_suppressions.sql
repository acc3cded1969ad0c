/*
grain: one row per list, guardrail and business date
kind: days
inputs: [act_candidates]
unique: [list_name, guardrail, business_date]
params: [first_date, last_date]
describe: How many were left out of each list, and why. ‖ 各名单被拦下的人数与原因。
*/
with final as (
    select
        list_name,
        guardrail,
        cast(count(*) as bigint) as suppressed_count,
        snapshot_date as business_date
    from act_candidates
    where
        guardrail is not null
        and snapshot_date >= :first_date
        and snapshot_date <= :last_date
    group by list_name, guardrail, snapshot_date
)

select * from final
