/*
grain: one row per reference or identifier whose person may have changed
kind: full
inputs: [int_identity_touched, int_identity_ranks, ops_identity_labels]
unique: [node_key]
describe: "Whom each one belongs to now: the most senior of all it is connected with. ‖ 识别结果。"
*/
with labelled as (
    select ones.node_key, seniors.node_key as customer_key
    from int_identity_ranks as ones
    inner join ops_identity_labels as labels on ones.node_id = labels.node_id
    inner join int_identity_ranks as seniors on labels.label_id = seniors.node_id
),

final as (
    select
        touched.node_key,
        coalesce(labelled.customer_key, touched.node_key) as customer_key
    from int_identity_touched as touched
    left join labelled on touched.node_key = labelled.node_key
)

select * from final
