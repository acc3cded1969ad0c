/*
grain: one row per store, business date and currency outside 0.1 %
kind: audit
severity: warn
inputs: [fct_reconciliation]
describe: The POS total and its own lines differ by more than 0.1 %. ‖ POS 总额与明细差异超过 0.1%。
*/
with failures as (
    select store_id, business_date, currency_code, ledger_minor, recon_delta_minor
    from fct_reconciliation
    where abs(recon_delta_minor) * 1000 > abs(ledger_minor)
)

select * from failures
