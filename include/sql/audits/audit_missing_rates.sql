/*
grain: one row per business date whose group total lacks a rate of exchange
kind: audit
severity: warn
inputs: [fct_group_days]
describe: "Group totals without every currency: a rate is missing. ‖ 缺少汇率的集团合计。"
*/
with failures as (
    select business_date, missing_rate_currency_count, missing_rate_order_count
    from fct_group_days
    where not is_complete
)

select * from failures
