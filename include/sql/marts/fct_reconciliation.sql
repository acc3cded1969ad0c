/*
grain: one row per store, business date and currency
kind: days
inputs: [fct_orders, int_orphan_adjustments]
unique: [store_id, business_date, currency_code]
params: [first_date, last_date]
publish: true
describe: Known + unknown + unallocated = the sales ledger, and what did not tie. ‖ 销售台账核对。
*/
with orders as (
    select
        store_id,
        business_date,
        currency_code,
        cast(count(*) as bigint) as order_count,
        cast(count(*) filter (where is_paid) as bigint) as paid_order_count,
        cast(count(*) filter (where is_paid and customer_key is null) as bigint)
            as anonymous_order_count,
        cast(sum(ledger_minor) as bigint) as ledger_minor,
        cast(coalesce(sum(net_sales_minor) filter (
            where customer_key is not null
        ), 0) as bigint) as identified_minor,
        cast(coalesce(sum(net_sales_minor) filter (
            where customer_key is null
        ), 0) as bigint) as unidentified_minor,
        cast(sum(cm2_minor) as bigint) as cm2_minor,
        cast(sum(true_profit_minor) as bigint) as true_profit_minor,
        cast(coalesce(sum(settlement_gap_minor), 0) as bigint) as settlement_gap_minor,
        cast(sum(ledger_minor - net_sales_minor) as bigint) as recon_delta_minor,
        cast(coalesce(sum(total_minor - paid_minor) filter (
            where is_paid and paid_minor is not null
        ), 0) as bigint) as payment_delta_minor,
        cast(count(*) filter (where is_cost_missing) as bigint) as missing_cost_order_count
    from fct_orders
    where business_date >= :first_date and business_date <= :last_date
    group by store_id, business_date, currency_code
),

orphans as (
    select
        store_id, business_date, currency_code,
        cast(-sum(amount_minor) as bigint) as unallocated_minor
    from int_orphan_adjustments
    where is_of_sales and business_date >= :first_date and business_date <= :last_date
    group by store_id, business_date, currency_code
),

final as (
    select
        coalesce(orders.store_id, orphans.store_id) as store_id,
        coalesce(orders.currency_code, orphans.currency_code) as currency_code,
        coalesce(orders.order_count, 0) as order_count,
        coalesce(orders.paid_order_count, 0) as paid_order_count,
        coalesce(orders.anonymous_order_count, 0) as anonymous_order_count,
        cast(cast(orders.anonymous_order_count as double) / nullif(orders.paid_order_count, 0)
            as double) as anonymous_order_ratio,
        cast(case when orders.identified_minor + orders.unidentified_minor > 0 then
            cast(orders.unidentified_minor as double)
            / nullif(orders.identified_minor + orders.unidentified_minor, 0)
        end as double) as anonymous_net_sales_ratio,
        coalesce(orders.ledger_minor, 0) + coalesce(orphans.unallocated_minor, 0)
            as ledger_minor,
        coalesce(orders.identified_minor, 0) as identified_minor,
        coalesce(orders.unidentified_minor, 0) as unidentified_minor,
        coalesce(orphans.unallocated_minor, 0) as unallocated_minor,
        coalesce(orders.cm2_minor, 0) as cm2_minor,
        coalesce(orders.true_profit_minor, 0) as true_profit_minor,
        coalesce(orders.settlement_gap_minor, 0) as settlement_gap_minor,
        coalesce(orders.recon_delta_minor, 0) as recon_delta_minor,
        coalesce(orders.payment_delta_minor, 0) as payment_delta_minor,
        coalesce(orders.missing_cost_order_count, 0) as missing_cost_order_count,
        coalesce(orders.business_date, orphans.business_date) as business_date
    from orders
    full outer join orphans
        on orders.store_id = orphans.store_id
        and orders.business_date = orphans.business_date
        and orders.currency_code = orphans.currency_code
)

select * from final
