/*
grain: one row per reference or identifier to be resolved
kind: loop
inputs: [ops_identity_labels, ops_identity_hops]
unique: [node_id]
describe: The lowest rank that each one has reached so far. ‖ 当前标签。
*/
with final as (
    select
        labels.node_id,
        coalesce(hops.target_id, labels.label_id) as label_id
    from ops_identity_labels as labels
    left join ops_identity_hops as hops on labels.label_id = hops.node_id
)

select * from final
