/*
grain: one row per pair of connected ranks
kind: full
inputs: [int_identity_ranks, int_identity_pairs]
unique: [left_id, right_id]
describe: The links among those to be resolved, by rank. ‖ 待识别关联（按次序号）。
*/
with final as (
    select distinct
        least(ones.node_id, others.node_id) as left_id,
        greatest(ones.node_id, others.node_id) as right_id
    from int_identity_pairs as pairs
    inner join int_identity_ranks as ones on pairs.left_key = ones.node_key
    inner join int_identity_ranks as others on pairs.right_key = others.node_key
)

select * from final
