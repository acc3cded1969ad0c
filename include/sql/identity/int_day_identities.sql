/*
grain: one row per business date with orders whose evidence goes by another key
kind: full
inputs: [stg_orders, stg_order_identifiers, int_order_accounts, ops_identity_map,
    ops_barred_identifiers]
unique: [business_date]
describe: "A fingerprint of who the guests of a day are: when people merge or part, the day is stale. ‖ 每日身份指纹。"
*/
with spoken as (
    select business_date, customer_key as node_key
    from stg_orders
    where customer_key is not null
    union
    select orders.business_date, identifiers.identifier_hash
    from stg_order_identifiers as identifiers
    inner join stg_orders as orders on identifiers.order_key = orders.order_key
),

told as (
    select
        spoken.business_date,
        spoken.node_key,
        case when barred.node_key is not null then 'barred'
            else ops_identity_map.customer_key
        end as outcome
    from spoken
    left join ops_identity_map on spoken.node_key = ops_identity_map.node_key
    left join ops_barred_identifiers as barred on spoken.node_key = barred.node_key
    where ops_identity_map.node_key is not null or barred.node_key is not null
    union all
    select orders.business_date, orders.order_key, accounts.customer_key
    from int_order_accounts as accounts
    inner join stg_orders as orders on accounts.order_key = orders.order_key
),

final as (
    select
        md5(string_agg(node_key || '>' || outcome, ',' order by node_key)) as fingerprint,
        business_date
    from told
    group by business_date
)

select * from final
