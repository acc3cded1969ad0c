/*
grain: one row per order
kind: days
inputs: [stg_orders, stg_order_identifiers, int_order_accounts, ops_identity_map,
    ops_barred_identifiers]
unique: [order_key]
params: [first_date, last_date]
describe: "Whose order it is: the account's, its reference's, or that of identifiers that agree. ‖ 订单归属的客户。"
*/
with sold as (
    select order_key, customer_key, business_date
    from stg_orders
    where business_date >= :first_date and business_date <= :last_date
),

spoken as (
    select
        identifiers.order_key,
        identifiers.identifier_type,
        identifiers.strength_rank,
        coalesce(ops_identity_map.customer_key, identifiers.identifier_hash) as customer_key
    from stg_order_identifiers as identifiers
    inner join sold on identifiers.order_key = sold.order_key
    left join ops_identity_map on identifiers.identifier_hash = ops_identity_map.node_key
    left join ops_barred_identifiers as barred on identifiers.identifier_hash = barred.node_key
    where sold.customer_key is null and identifiers.is_linkable and barred.node_key is null
),

agreed as (
    select
        order_key,
        min(customer_key) as customer_key,
        count(distinct customer_key) as person_count,
        min(cast(strength_rank as text) || identifier_type) as strongest
    from spoken
    group by order_key
),

final as (
    select
        sold.order_key,
        case
            when accounts.order_key is not null then accounts.customer_key
            when sold.customer_key is not null
                then coalesce(ops_identity_map.customer_key, sold.customer_key)
            when agreed.person_count = 1 then agreed.customer_key
        end as customer_key,
        case
            when accounts.order_key is not null then 'account'
            when sold.customer_key is not null then 'reference'
            when agreed.person_count = 1 then substring(agreed.strongest, 2)
            when agreed.person_count > 1 then 'contradiction'
        end as evidence,
        sold.business_date
    from sold
    left join ops_identity_map on sold.customer_key = ops_identity_map.node_key
    left join int_order_accounts as accounts on sold.order_key = accounts.order_key
    left join agreed on sold.order_key = agreed.order_key
)

select * from final
