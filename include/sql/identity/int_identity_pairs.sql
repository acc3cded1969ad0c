/*
grain: one row per link that joins people
kind: full
inputs: [int_identity_links, int_identity_nodes]
unique: [left_key, right_key, reason]
describe: The links that join people, with the seniority of both ends. ‖ 生效的身份关联。
*/
with linking as (
    select carrier_key as left_key, identifier_key as right_key, identifier_type as reason
    from int_identity_links
    where is_linking and identifier_type <> 'key_rotation'
),

final as (
    select
        linking.left_key,
        linking.right_key,
        linking.reason,
        ones.first_seen_on as left_seen_on,
        others.first_seen_on as right_seen_on
    from linking
    inner join int_identity_nodes as ones on linking.left_key = ones.node_key
    inner join int_identity_nodes as others on linking.right_key = others.node_key
)

select * from final
