/*
grain: one row per rank that still has a neighbour
kind: loop
inputs: [ops_identity_edges]
unique: [node_id]
describe: "One round: everybody points at his lowest neighbour, and on to that one's lowest. ‖ 一轮传播。"
*/
with both_ways as (
    select left_id as node_id, right_id as neighbour_id from ops_identity_edges
    union all
    select right_id, left_id from ops_identity_edges
),

lowest as (
    select node_id, least(node_id, min(neighbour_id)) as target_id
    from both_ways
    group by node_id
),

final as (
    select lowest.node_id, further.target_id
    from lowest
    inner join lowest as further on lowest.target_id = further.node_id
)

select * from final
