-- include/sql/snapshots/snap_customer_situations.sql, as postgres reads it; python -m regulars docs
WITH known AS (
  SELECT
    int_customers.*,
    kinds.customer_kind,
    kinds.snapshot_date
  FROM int_customers
  INNER JOIN int_customer_kinds AS kinds
    ON int_customers.customer_key = kinds.customer_key
  WHERE
    kinds.snapshot_date >= :first_date AND kinds.snapshot_date <= :last_date
), complaints AS (
  SELECT
    customer_key,
    MIN(complained_on) AS complained_on
  FROM int_complaints
  GROUP BY
    customer_key
), final AS (
  SELECT
    known.customer_key,
    known.is_staff,
    known.is_profiling_opt_out,
    known.customer_kind,
    known.home_store_id,
    scores.last_store_id,
    COALESCE(complaints.complained_on <= known.snapshot_date, FALSE) AS has_open_complaint,
    COALESCE(scores.visit_count, 0) AS visit_count,
    COALESCE(scores.tier_visit_count, 0) AS tier_visit_count,
    scores.age_days,
    scores.silent_days,
    scores.expected_gap_days,
    scores.overdue_ratio,
    COALESCE(scores.active_month_count, 0) AS active_month_count,
    COALESCE(scores.order_count, 0) AS order_count,
    COALESCE(scores.discounted_order_count, 0) AS discounted_order_count,
    COALESCE(scores.tier_profit_minor, 0) AS tier_profit_minor,
    COALESCE(scores.curve_profit_minor, 0) AS curve_profit_minor,
    COALESCE(scores.curve_cm2_minor, 0) AS curve_cm2_minor,
    COALESCE(scores.curve_cm3_minor, 0) AS curve_cm3_minor,
    COALESCE(scores.value_minor, 0) AS value_minor,
    scores.visit_profit_high_minor,
    COALESCE(scores.is_loss_making, FALSE) AS is_loss_making,
    COALESCE(valued.is_specials_only, FALSE) AS is_specials_only,
    COALESCE(
      CAST(FLOOR(
        CAST(scores.curve_cm2_minor AS DOUBLE PRECISION) / NULLIF(CAST(valued.curve_visit_count AS DOUBLE PRECISION), 0)
      ) AS BIGINT),
      0
    ) AS visit_cm2_minor,
    COALESCE(scores.active_ratio, 0) AS active_ratio,
    COALESCE(scores.return_ratio, 0) AS return_ratio,
    COALESCE(scores.expected_visits, 0) AS expected_visits,
    COALESCE(scores.expected_value_minor, 0) AS expected_value_minor,
    COALESCE(scores.potential_minor, 0) AS potential_minor,
    COALESCE(scores.is_spend_falling, FALSE) AS is_spend_falling,
    COALESCE(scores.spend_drift, 0) AS spend_drift,
    COALESCE(screens.is_screened_in, FALSE) AS is_screened_in,
    screens.screen_reason_code,
    COALESCE(screens.probation_offer_minor, 0) AS probation_offer_minor,
    COALESCE(scores.value_percentile, 0) AS value_percentile,
    COALESCE(scores.is_big_proven, FALSE) AS is_big_proven,
    COALESCE(reviews.loss_review_count, 0) AS loss_review_count,
    COALESCE(reviews.above_review_count, 0) AS above_review_count,
    COALESCE(reviews.has_moved_before, FALSE) AS has_moved_before,
    CASE
      WHEN known.is_profiling_opt_out
      THEN 'lead'
      ELSE COALESCE(reviews.tier, 'lead')
    END AS tier,
    COALESCE(reviews.tier_since_on, known.known_since_on) AS tier_since_on,
    COALESCE(scores.is_borderline, FALSE) AS is_borderline,
    reviews.downgrade_notice_on,
    reviews.big_since_on,
    known.snapshot_date
  FROM known
  LEFT JOIN snap_customer_scores AS scores
    ON known.customer_key = scores.customer_key
    AND known.snapshot_date = scores.snapshot_date
  LEFT JOIN snap_customer_values AS valued
    ON known.customer_key = valued.customer_key
    AND known.snapshot_date = valued.snapshot_date
  LEFT JOIN snap_newcomer_screens AS screens
    ON known.customer_key = screens.customer_key
    AND known.snapshot_date = screens.snapshot_date
  LEFT JOIN ops_tier_reviews AS reviews
    ON known.customer_key = reviews.customer_key
    AND known.snapshot_date = reviews.snapshot_date
  LEFT JOIN complaints
    ON known.customer_key = complaints.customer_key
)
SELECT
  *
FROM final
