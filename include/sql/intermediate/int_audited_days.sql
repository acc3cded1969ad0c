/*
grain: one row per business date that this morning's audits look at
kind: full
inputs: [ops_built_days, ops_build_plan]
unique: [business_date]
params: [business_date, audit_cycle_days]
describe: "The days that this run built, and a share of all others: each of them once per cycle. ‖ 今日审计的营业日。"
*/
with planned as (
    select first_date, last_date
    from ops_build_plan
    where business_date = :business_date
),

final as (
    select distinct built.business_date
    from ops_built_days as built
    left join planned
        on built.business_date >= planned.first_date
        and built.business_date <= planned.last_date
    where
        planned.first_date is not null
        or date_diff('day', built.business_date, :business_date) % :audit_cycle_days = 0
)

select * from final
