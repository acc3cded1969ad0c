/*
grain: one row per link that came or went since the last resolution
kind: full
inputs: [int_identity_pairs, ops_identity_pairs]
describe: Links that came or went since people were last resolved. ‖ 自上次识别以来新增或消失的关联。
*/
with came as (
    select left_key, right_key, reason, left_seen_on, right_seen_on from int_identity_pairs
    except
    select left_key, right_key, reason, left_seen_on, right_seen_on from ops_identity_pairs
),

went as (
    select left_key, right_key, reason, left_seen_on, right_seen_on from ops_identity_pairs
    except
    select left_key, right_key, reason, left_seen_on, right_seen_on from int_identity_pairs
),

final as (
    select left_key, right_key, reason, true as is_added from came
    union all
    select left_key, right_key, reason, false as is_added from went
)

select * from final
