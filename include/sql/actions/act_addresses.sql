/*
grain: one row per customer and contact address (a keyed hash)
kind: full
inputs: [stg_customers, stg_customer_identifiers, ops_identity_map]
unique: [customer_key, address_hash]
describe: "Which customers can be reached at one and the same address. ‖ 共用同一联系方式的客户。"
*/
with told as (
    select customer_key, 'phone:' || phone_hash as address_hash
    from stg_customers where phone_hash is not null
    union all
    select customer_key, 'email:' || email_hash
    from stg_customers where email_hash is not null
    union all
    select customer_key, identifier_type || ':' || identifier_hash
    from stg_customer_identifiers
    where identifier_type in ('phone', 'email')
),

final as (
    select distinct
        coalesce(people.customer_key, told.customer_key) as customer_key, told.address_hash
    from told
    left join ops_identity_map as people on told.customer_key = people.node_key
)

select * from final
