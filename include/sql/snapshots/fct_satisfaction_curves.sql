/*
grain: one row per kind of customer (all is everybody) and snapshot date
kind: snapshot
inputs: [ops_satisfaction_curves]
unique: [curve_kind, snapshot_date]
params: [first_date, last_date]
publish: true
describe: "How satisfaction turns into coming back: a line with two bends beside a straight one, and whether it is used. ‖ 满意度与回访的折线关系。"
*/
with final as (
    select
        curve_kind, rating_count, low_threshold, high_threshold, return_days,
        base_return_ratio, low_slope, high_slope, line_base_ratio, line_slope,
        curve_error, line_error, is_curve_used, curve_reason_code,
        snapshot_date
    from ops_satisfaction_curves
    where snapshot_date >= :first_date and snapshot_date <= :last_date
)

select * from final
