/*
grain: one row per reference or identifier whose person may have changed
kind: full
inputs: [int_identity_changes, ops_identity_map]
unique: [node_key]
describe: Everything that was or is connected with a changed link. ‖ 受变动影响的全部编号与标识。
*/
with ends as (
    select left_key as node_key from int_identity_changes
    union
    select right_key from int_identity_changes
),

people as (
    select distinct coalesce(ops_identity_map.customer_key, ends.node_key) as customer_key
    from ends
    left join ops_identity_map on ends.node_key = ops_identity_map.node_key
),

final as (
    select node_key from ends
    union
    select customer_key from people
    union
    select ops_identity_map.node_key
    from people
    inner join ops_identity_map on people.customer_key = ops_identity_map.customer_key
)

select * from final
