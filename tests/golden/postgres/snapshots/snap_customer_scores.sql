-- include/sql/snapshots/snap_customer_scores.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    valued.customer_key,
    customer_kind,
    last_store_id,
    visit_count,
    tier_visit_count,
    age_days,
    silent_days,
    active_month_count,
    order_count,
    discounted_order_count,
    platform_order_count,
    CAST(expected_gap_days AS DOUBLE PRECISION) AS expected_gap_days,
    CAST(overdue_ratio AS DOUBLE PRECISION) AS overdue_ratio,
    CAST(regularity_ratio AS DOUBLE PRECISION) AS regularity_ratio,
    CAST(credibility_ratio AS DOUBLE PRECISION) AS credibility_ratio,
    tier_net_sales_minor,
    tier_profit_minor,
    curve_profit_minor,
    curve_cm2_minor,
    curve_cm3_minor,
    busy_order_count,
    value_minor,
    value_low_minor,
    value_high_minor,
    visit_profit_low_minor,
    visit_profit_high_minor,
    CAST(largest_order_ratio AS DOUBLE PRECISION) AS largest_order_ratio,
    CAST(discounted_order_ratio AS DOUBLE PRECISION) AS discounted_order_ratio,
    is_big_proven,
    is_loss_making,
    potentials.ceiling_minor,
    potentials.potential_minor,
    drifts.spend_drift,
    COALESCE(drifts.is_spend_falling, FALSE) AS is_spend_falling,
    predictions.active_ratio,
    predictions.expected_visits,
    predictions.return_ratio,
    predictions.expected_value_minor,
    cards.profit_percentile,
    cards.loyalty_percentile,
    cards.potential_percentile,
    cards.independence_percentile,
    cards.ease_percentile,
    cards.is_floored,
    cards.score,
    COALESCE(cards.value_percentile, 0) AS value_percentile,
    cards.changed_jitter_ratio,
    COALESCE(cards.is_borderline, FALSE) AS is_borderline,
    cards.jitter_tier,
    CAST(:group_currency AS TEXT) AS currency_code,
    valued.snapshot_date
  FROM snap_customer_values AS valued
  INNER JOIN snap_customer_predictions AS predictions
    ON valued.customer_key = predictions.customer_key
    AND valued.snapshot_date = predictions.snapshot_date
  LEFT JOIN snap_customer_potentials AS potentials
    ON valued.customer_key = potentials.customer_key
    AND valued.snapshot_date = potentials.snapshot_date
  LEFT JOIN snap_customer_drifts AS drifts
    ON valued.customer_key = drifts.customer_key
    AND valued.snapshot_date = drifts.snapshot_date
  LEFT JOIN snap_scorecards AS cards
    ON valued.customer_key = cards.customer_key
    AND valued.snapshot_date = cards.snapshot_date
  WHERE
    valued.snapshot_date >= :first_date AND valued.snapshot_date <= :last_date
)
SELECT
  *
FROM final
