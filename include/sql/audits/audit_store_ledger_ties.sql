/*
grain: one row per store, business date and currency that does not tie
kind: audit
severity: error
inputs: [fct_reconciliation, fct_orders]
describe: "Per store: known + unknown + unallocated + stated difference = the ledger, and the known are those of the orders. ‖ 门店台账核对。"
*/
with sold as (
    select
        store_id, business_date, currency_code,
        cast(sum(net_sales_minor) as bigint) as net_sales_minor,
        cast(sum(ledger_minor) as bigint) as ledger_minor
    from fct_orders
    group by store_id, business_date, currency_code
),

failures as (
    select
        coalesce(told.store_id, sold.store_id) as store_id,
        coalesce(told.business_date, sold.business_date) as business_date,
        told.ledger_minor,
        sold.net_sales_minor
    from fct_reconciliation as told
    full outer join sold
        on told.store_id = sold.store_id
        and told.business_date = sold.business_date
        and told.currency_code = sold.currency_code
    where
        told.store_id is null
        or told.ledger_minor <> told.identified_minor + told.unidentified_minor
            + told.unallocated_minor + told.recon_delta_minor
        or told.identified_minor + told.unidentified_minor <> coalesce(sold.net_sales_minor, 0)
        or told.ledger_minor - told.unallocated_minor <> coalesce(sold.ledger_minor, 0)
)

select * from failures
