/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_features, snap_customer_sums, int_feedbacks, ops_satisfaction_curves]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, curve_days]
describe: What a customer said of us in the trailing year, and what we had to give back. ‖ 客户近一年的满意度、投诉与退款。
*/
with told as (
    select
        features.customer_key, features.snapshot_date,
        count(feedbacks.satisfaction_milli) as rating_count,
        sum(feedbacks.satisfaction_milli) as rating_sum_milli,
        count(*) filter (where feedbacks.is_complaint) as complaint_count
    from snap_customer_features as features
    inner join int_feedbacks as feedbacks
        on features.customer_key = feedbacks.customer_key
        and feedbacks.business_date <= features.snapshot_date
        and date_diff('day', feedbacks.business_date, features.snapshot_date) < :curve_days
    where features.snapshot_date >= :first_date and features.snapshot_date <= :last_date
    group by features.customer_key, features.snapshot_date
),

rated as (
    select
        features.customer_key,
        cast(coalesce(told.rating_count, 0) as bigint) as rating_count,
        cast(floor(cast(told.rating_sum_milli as double) / nullif(told.rating_count, 0))
            as bigint) as satisfaction_milli,
        cast(coalesce(told.complaint_count, 0) as bigint) as complaint_count,
        least(coalesce(
            cast(sums.curve_refunded_order_count as double) / nullif(sums.curve_order_count, 0), 0
        ), 1) as refund_ratio,
        features.snapshot_date
    from snap_customer_features as features
    left join told
        on features.customer_key = told.customer_key
        and features.snapshot_date = told.snapshot_date
    left join snap_customer_sums as sums
        on features.customer_key = sums.customer_key
        and features.snapshot_date = sums.snapshot_date
    where features.snapshot_date >= :first_date and features.snapshot_date <= :last_date
),

-- What it says of coming back: bent where the group's own curve beats the straight line.
final as (
    select
        customer_key, rated.rating_count, satisfaction_milli, complaint_count, refund_ratio,
        case
            when curves.is_curve_used then cast(floor(
                (least(satisfaction_milli - 1000 * low_threshold, 0) * low_slope
                + greatest(satisfaction_milli - 1000 * high_threshold, 0) * high_slope) * 1000
            ) as bigint)
            else satisfaction_milli
        end as satisfaction_worth,
        rated.snapshot_date
    from rated
    left join ops_satisfaction_curves as curves
        on rated.snapshot_date = curves.snapshot_date and curves.curve_kind = 'all'
)

select * from final
