/*
grain: one row per known customer and snapshot date
kind: snapshot
inputs: [int_customers, int_customer_kinds, snap_customer_scores, snap_customer_values,
    snap_newcomer_screens, ops_tier_reviews, int_complaints]
unique: [customer_key, snapshot_date]
params: [first_date, last_date]
describe: Everything the decision table asks about a customer on a date. ‖ 决策表所需的客户状况。
*/
with known as (
    select int_customers.*, kinds.customer_kind, kinds.snapshot_date
    from int_customers
    inner join int_customer_kinds as kinds on int_customers.customer_key = kinds.customer_key
    where kinds.snapshot_date >= :first_date and kinds.snapshot_date <= :last_date
),

complaints as (
    select customer_key, min(complained_on) as complained_on
    from int_complaints
    group by customer_key
),

final as (
    select
        known.customer_key, known.is_staff, known.is_profiling_opt_out, known.customer_kind,
        known.home_store_id, scores.last_store_id,
        coalesce(complaints.complained_on <= known.snapshot_date, false) as has_open_complaint,
        coalesce(scores.visit_count, 0) as visit_count,
        coalesce(scores.tier_visit_count, 0) as tier_visit_count,
        scores.age_days, scores.silent_days, scores.expected_gap_days, scores.overdue_ratio,
        coalesce(scores.active_month_count, 0) as active_month_count,
        coalesce(scores.order_count, 0) as order_count,
        coalesce(scores.discounted_order_count, 0) as discounted_order_count,
        coalesce(scores.tier_profit_minor, 0) as tier_profit_minor,
        coalesce(scores.curve_profit_minor, 0) as curve_profit_minor,
        coalesce(scores.curve_cm2_minor, 0) as curve_cm2_minor,
        coalesce(scores.curve_cm3_minor, 0) as curve_cm3_minor,
        coalesce(scores.value_minor, 0) as value_minor, scores.visit_profit_high_minor,
        coalesce(scores.is_loss_making, false) as is_loss_making,
        coalesce(valued.is_specials_only, false) as is_specials_only,
        coalesce(cast(floor(scores.curve_cm2_minor
            / nullif(cast(valued.curve_visit_count as double), 0)) as bigint), 0)
            as visit_cm2_minor,
        coalesce(scores.active_ratio, 0) as active_ratio,
        coalesce(scores.return_ratio, 0) as return_ratio,
        coalesce(scores.expected_visits, 0) as expected_visits,
        coalesce(scores.expected_value_minor, 0) as expected_value_minor,
        coalesce(scores.potential_minor, 0) as potential_minor,
        coalesce(scores.is_spend_falling, false) as is_spend_falling,
        coalesce(scores.spend_drift, 0) as spend_drift,
        coalesce(screens.is_screened_in, false) as is_screened_in, screens.screen_reason_code,
        coalesce(screens.probation_offer_minor, 0) as probation_offer_minor,
        coalesce(scores.value_percentile, 0) as value_percentile,
        coalesce(scores.is_big_proven, false) as is_big_proven,
        coalesce(reviews.loss_review_count, 0) as loss_review_count,
        coalesce(reviews.above_review_count, 0) as above_review_count,
        coalesce(reviews.has_moved_before, false) as has_moved_before,
        case when known.is_profiling_opt_out then 'lead' else coalesce(reviews.tier, 'lead') end
            as tier,
        coalesce(reviews.tier_since_on, known.known_since_on) as tier_since_on,
        coalesce(scores.is_borderline, false) as is_borderline,
        reviews.downgrade_notice_on, reviews.big_since_on,
        known.snapshot_date
    from known
    left join snap_customer_scores as scores on known.customer_key = scores.customer_key
        and known.snapshot_date = scores.snapshot_date
    left join snap_customer_values as valued on known.customer_key = valued.customer_key
        and known.snapshot_date = valued.snapshot_date
    left join snap_newcomer_screens as screens on known.customer_key = screens.customer_key
        and known.snapshot_date = screens.snapshot_date
    left join ops_tier_reviews as reviews on known.customer_key = reviews.customer_key
        and known.snapshot_date = reviews.snapshot_date
    left join complaints on known.customer_key = complaints.customer_key
)

select * from final
