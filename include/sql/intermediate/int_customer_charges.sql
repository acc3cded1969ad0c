/*
grain: one row per customer, day, kind of charge, store and currency
kind: full
inputs: [int_acquisition_charges, int_credit_charges, ops_contacts_made, stg_loyalty_events, stg_orders, ops_identity_map, ref_charge_rates, ref_stores]
describe: "Costs of a customer that belong to no order: contacts, points given, acquisition, credit. ‖ 不属于订单的客户成本。"
*/
with contacts as (
    select
        coalesce(ops_identity_map.customer_key, ops_contacts_made.customer_key) as customer_key,
        ops_contacts_made.store_id, rates.currency_code,
        cast(rates.unit_cost_micro // 1000000 as bigint) as amount_minor,
        ops_contacts_made.business_date
    from ops_contacts_made
    inner join ref_charge_rates as rates
        on rates.charge_kind = 'contact'
        and ops_contacts_made.contact_channel = rates.code
        and ops_contacts_made.business_date >= rates.valid_from
        and ops_contacts_made.business_date <= rates.valid_to
    left join ops_identity_map on ops_contacts_made.customer_key = ops_identity_map.node_key
),

-- Points without an order (a welcome gift); those of an order are charged with it.
gifts as (
    select
        coalesce(ops_identity_map.customer_key, events.customer_key) as customer_key,
        events.store_id, rates.currency_code,
        sign(events.points_milli) * cast((
            abs(events.points_milli) * rates.unit_cost_micro + 500000000
        ) // 1000000000 as bigint) as amount_minor,
        events.business_date
    from stg_loyalty_events as events
    inner join ref_stores on events.store_id = ref_stores.store_id
    inner join ref_charge_rates as rates
        on rates.charge_kind = 'points'
        and ref_stores.currency_code = rates.currency_code
        and events.business_date >= rates.valid_from
        and events.business_date <= rates.valid_to
    left join stg_orders on events.order_key = stg_orders.order_key
    left join ops_identity_map on events.customer_key = ops_identity_map.node_key
    where stg_orders.order_key is null and events.event_kind in ('earned', 'corrected')
),

charges as (
    select 'contact' as charge_kind, contacts.* from contacts
    union all
    select 'incentive', gifts.* from gifts
    union all
    select
        'acquisition', customer_key, store_id, currency_code, amount_minor, business_date
    from int_acquisition_charges
    union all
    select 'credit', customer_key, store_id, currency_code, amount_minor, business_date
    from int_credit_charges
),

final as (
    select
        charge_kind, customer_key, store_id, currency_code,
        cast(count(*) as bigint) as charge_count,
        cast(sum(amount_minor) as bigint) as amount_minor,
        business_date
    from charges
    group by charge_kind, customer_key, store_id, currency_code, business_date
    having sum(charges.amount_minor) <> 0
)

select * from final
