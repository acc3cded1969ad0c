/*
grain: one row per reference or identifier that belongs to another key
kind: loop
inputs: [ops_identity_map, int_identity_assigned, raw_identifier_aliases]
unique: [node_key]
describe: "Whose key a reference or identifier goes by; what is missing goes by its own. ‖ 身份映射表。"
*/
with kept as (
    select earlier.node_key, earlier.customer_key
    from ops_identity_map as earlier
    left join int_identity_assigned as assigned on earlier.node_key = assigned.node_key
    left join raw_identifier_aliases as aliases on earlier.node_key = aliases.node_key
    where assigned.node_key is null and aliases.node_key is null
),

resolved as (
    select node_key, customer_key from kept
    union all
    select node_key, customer_key from int_identity_assigned where node_key <> customer_key
),

final as (
    select node_key, customer_key from resolved
    union all
    select aliases.node_key, coalesce(resolved.customer_key, aliases.oldest_key)
    from raw_identifier_aliases as aliases
    left join resolved on aliases.oldest_key = resolved.node_key
)

select * from final
