/*
grain: one row per daily source and store whose orders are overdue
kind: audit
severity: warn
inputs: [fct_freshness]
params: [business_date]
describe: A daily source has no file for an expected day since its last orders. ‖ 每日来源数据迟到。
*/
with failures as (
    select source_system, store_id, business_date, last_business_date, behind_day_count
    from fct_freshness
    where business_date = :business_date and is_late
)

select * from failures
