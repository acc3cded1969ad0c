/*
grain: one row per pair of labels that are still apart
kind: loop
inputs: [ops_identity_edges, ops_identity_hops]
unique: [left_id, right_id]
describe: "What is left to join once everybody has moved: the links between labels. ‖ 收缩后的关联。"
*/
with moved as (
    select ones.target_id as one_id, others.target_id as other_id
    from ops_identity_edges as edges
    inner join ops_identity_hops as ones on edges.left_id = ones.node_id
    inner join ops_identity_hops as others on edges.right_id = others.node_id
),

final as (
    select distinct
        least(one_id, other_id) as left_id,
        greatest(one_id, other_id) as right_id
    from moved
    where one_id <> other_id
)

select * from final
