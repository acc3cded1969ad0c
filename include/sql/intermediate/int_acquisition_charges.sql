/*
grain: one row per customer who was bought and thirty days of having him
kind: full
inputs: [stg_orders, stg_customers, stg_leads, ops_identity_map, ref_charge_rates, int_installments]
unique: [customer_key, business_date]
describe: What winning a customer cost, spread in thirty-day steps from his first paid order on. ‖ 获客成本摊销。
*/
with bought as (
    select
        coalesce(ops_identity_map.customer_key, stg_orders.customer_key) as customer_key,
        stg_orders.store_id,
        stg_orders.order_key,
        stg_orders.business_date
    from stg_orders
    left join ops_identity_map on stg_orders.customer_key = ops_identity_map.node_key
    where stg_orders.status = 'paid' and stg_orders.customer_key is not null
),

first_bought as (
    select customer_key, store_id, business_date as won_on
    from bought
    qualify row_number() over (
        partition by customer_key order by business_date, order_key
    ) = 1
),

told as (
    select customer_key, acquisition_source as source_id, 1 as rank_no from stg_customers
    where acquisition_source is not null
    union all
    select customer_key, lead_source, 2 from stg_leads
    where lead_source is not null
),

sourced as (
    select
        coalesce(ops_identity_map.customer_key, told.customer_key) as customer_key,
        told.source_id
    from told
    left join ops_identity_map on told.customer_key = ops_identity_map.node_key
    qualify row_number() over (
        partition by coalesce(ops_identity_map.customer_key, told.customer_key)
        order by told.rank_no, told.source_id
    ) = 1
),

-- A step of a stair again: the installments add up to the cost to the cent.
final as (
    select
        first_bought.customer_key,
        first_bought.store_id,
        rates.currency_code,
        cast(
            rates.unit_cost_micro // 1000000
            * least(steps.offset_days + 30, rates.spread_days) // rates.spread_days
            - rates.unit_cost_micro // 1000000 * steps.offset_days // rates.spread_days as bigint
        ) as amount_minor,
        first_bought.won_on + steps.offset_days as business_date
    from first_bought
    inner join sourced on first_bought.customer_key = sourced.customer_key
    inner join ref_charge_rates as rates
        on rates.charge_kind = 'acquisition'
        and sourced.source_id = rates.code
        and first_bought.won_on >= rates.valid_from
        and first_bought.won_on <= rates.valid_to
    inner join int_installments as steps on steps.offset_days < rates.spread_days
)

select * from final
