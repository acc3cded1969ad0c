/*
grain: one row per reference or identifier to be resolved
kind: full
inputs: [int_identity_touched, int_identity_pairs]
unique: [node_key]
describe: "Seniority among those to be resolved: first seen first, references before identifiers. ‖ 先后次序。"
*/
with touched as (
    select pairs.left_key, pairs.right_key, pairs.left_seen_on, pairs.right_seen_on
    from int_identity_pairs as pairs
    inner join int_identity_touched on pairs.left_key = int_identity_touched.node_key
),

nodes as (
    select left_key as node_key, left_seen_on as seen_on from touched
    union
    select right_key, right_seen_on from touched
),

final as (
    select
        node_key,
        cast(row_number() over (
            order by seen_on, case when starts_with(node_key, 'c_') then 0 else 1 end, node_key
        ) as bigint) as node_id
    from nodes
)

select * from final
