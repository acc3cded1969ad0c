/*
grain: one row per business date and currency that does not tie
kind: audit
severity: error
inputs: [fct_reconciliation, fct_customer_days]
describe: Customers + unknown + unallocated + stated difference = the POS ledger, to the cent. ‖ 台账逐分核对。
*/
with customers as (
    select business_date, currency_code, cast(sum(net_sales_minor) as bigint) as customer_minor
    from fct_customer_days
    group by business_date, currency_code
),

ledger as (
    select
        business_date,
        currency_code,
        cast(sum(ledger_minor) as bigint) as ledger_minor,
        cast(sum(unidentified_minor + unallocated_minor + recon_delta_minor) as bigint)
            as other_minor
    from fct_reconciliation
    group by business_date, currency_code
),

failures as (
    select
        ledger.business_date,
        ledger.currency_code,
        ledger.ledger_minor,
        coalesce(customers.customer_minor, 0) + ledger.other_minor as explained_minor
    from ledger
    left join customers
        on ledger.business_date = customers.business_date
        and ledger.currency_code = customers.currency_code
    where ledger.ledger_minor <> coalesce(customers.customer_minor, 0) + ledger.other_minor
)

select * from failures
