/*
grain: one row per known customer and snapshot date
kind: snapshot
inputs: [int_customers, int_customer_kinds, snap_customer_scores, snap_customer_potentials,
    ops_tier_reviews, stg_feedback, ops_identity_map]
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
    select coalesce(people.customer_key, told.customer_key) as customer_key,
        min(business_date) as complained_on
    from stg_feedback as told
    left join ops_identity_map as people on told.customer_key = people.node_key
    where feedback_kind = 'complaint' and complaint_status = 'open'
    group by coalesce(people.customer_key, told.customer_key)
),

final as (
    select
        known.customer_key, known.is_staff, known.is_profiling_opt_out,
        known.customer_kind,
        known.home_store_id, scores.last_store_id,
        coalesce(complaints.complained_on <= known.snapshot_date, false) as has_open_complaint,
        coalesce(scores.visit_count, 0) as visit_count,
        scores.age_days, scores.silent_days, scores.expected_gap_days, scores.overdue_ratio,
        coalesce(scores.order_count, 0) as order_count,
        coalesce(scores.discounted_order_count, 0) as discounted_order_count,
        coalesce(scores.tier_profit_minor, 0) as tier_profit_minor,
        coalesce(scores.curve_profit_minor, 0) as curve_profit_minor,
        coalesce(scores.curve_cm2_minor, 0) as curve_cm2_minor,
        coalesce(scores.curve_cm3_minor, 0) as curve_cm3_minor,
        coalesce(scores.is_loss_making, false) as is_loss_making,
        coalesce(scores.value_minor, 0) as value_minor,
        scores.visit_profit_high_minor, coalesce(scores.active_ratio, 0) as active_ratio,
        coalesce(scores.expected_value_minor, 0) as expected_value_minor,
        coalesce(potentials.potential_minor, 0) as potential_minor,
        coalesce(reviews.loss_review_count, 0) as loss_review_count,
        coalesce(reviews.tier, 'lead') as tier,
        coalesce(reviews.tier_since_on, known.known_since_on) as tier_since_on,
        known.snapshot_date
    from known
    left join snap_customer_scores as scores
        on known.customer_key = scores.customer_key
        and known.snapshot_date = scores.snapshot_date
    left join ops_tier_reviews as reviews
        on known.customer_key = reviews.customer_key
        and known.snapshot_date = reviews.snapshot_date
    left join snap_customer_potentials as potentials
        on known.customer_key = potentials.customer_key
        and known.snapshot_date = potentials.snapshot_date
    left join complaints on known.customer_key = complaints.customer_key
)

select * from final
