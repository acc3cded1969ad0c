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
        coalesce(ledger.business_date, customers.business_date) as business_date,
        coalesce(ledger.currency_code, customers.currency_code) as currency_code,
        coalesce(ledger.ledger_minor, 0) as ledger_minor,
        coalesce(customers.customer_minor, 0) + coalesce(ledger.other_minor, 0)
            as explained_minor
    from ledger
    full outer join customers
        on ledger.business_date = customers.business_date
        and ledger.currency_code = customers.currency_code
    where coalesce(ledger.ledger_minor, 0)
        <> coalesce(customers.customer_minor, 0) + coalesce(ledger.other_minor, 0)
)

select * from failures
