/*
grain: one row per store and business date whose payments do not match its totals
kind: audit
severity: warn
inputs: [fct_reconciliation]
describe: Payments differ from order totals. ‖ 收款与订单总额不符。
*/
with failures as (
    select store_id, business_date, currency_code, payment_delta_minor
    from fct_reconciliation
    where payment_delta_minor <> 0
)

select * from failures
