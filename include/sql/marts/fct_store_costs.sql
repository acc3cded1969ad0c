/*
grain: one row per store, business date, kind of cost, platform and currency
kind: days
inputs: [int_settlement_orders, int_customer_charges, int_orphan_adjustments, fct_utilisation, ref_stores]
unique: [store_id, cost_kind, platform, currency_code, business_date]
params: [first_date, last_date]
publish: true
describe: "Costs that stay with the store and are never smeared over customers: ads, unused capacity, what has no order. ‖ 门店成本。"
*/
-- Ads are the store's even where the payout names an order; a marketing fee is its order's.
with billed as (
    select
        settled.store_id,
        case when settled.fee_type in ('ads', 'marketing') then settled.fee_type
            when settled.fee_type = 'recon_delta' then 'payout_delta'
            when settled.matched_by = 'store' then 'platform_fee'
            else 'settlement_without_order'
        end as cost_kind,
        settled.platform,
        coalesce(settled.currency_code, ref_stores.currency_code) as currency_code,
        settled.amount_minor,
        settled.payout_date as business_date
    from int_settlement_orders as settled
    inner join ref_stores on settled.store_id = ref_stores.store_id
    where
        settled.fee_type = 'ads'
        or (settled.order_key is null and settled.fee_type in (
            'commission', 'delivery', 'processing', 'insurance', 'adjustment', 'marketing',
            'merchant_promo', 'error_charge', 'recon_delta'
        ))
),

charged as (
    select
        coalesce(store_id, '') as store_id, charge_kind || '_without_customer' as cost_kind,
        '' as platform, currency_code, amount_minor, business_date
    from int_customer_charges
    where customer_key is null
),

gathered as (
    select * from billed
    union all
    select * from charged
    union all
    select
        store_id, adjustment_type || '_without_order', '', currency_code, amount_minor,
        business_date
    from int_orphan_adjustments
    where not is_of_sales
    union all
    select store_id, 'unused_capacity', '', currency_code, unused_cost_minor, business_date
    from fct_utilisation
),

final as (
    select
        store_id, cost_kind, platform, currency_code,
        cast(count(*) as bigint) as row_count,
        cast(sum(amount_minor) as bigint) as cost_minor,
        business_date
    from gathered
    where business_date >= :first_date and business_date <= :last_date
    group by store_id, cost_kind, platform, currency_code, business_date
    having sum(amount_minor) <> 0
)

select * from final
