-- include/sql/snapshots/snap_customer_reasons.sql, as spark reads it; python -m regulars docs
WITH judged AS (
  SELECT
    tiers.*,
    reasons.segment_reason_code,
    reasons.near_reason_code,
    stages.stage_reason_code,
    stages.owner_since_on,
    situations.loss_review_count,
    situations.above_review_count,
    situations.value_percentile,
    situations.is_big_proven,
    situations.has_moved_before,
    situations.tier_visit_count,
    situations.spend_drift,
    CAST(DATEDIFF(DAY, tiers.big_since_on, tiers.snapshot_date) AS BIGINT) AS big_days,
    CAST(DATEDIFF(DAY, tiers.tier_since_on, tiers.snapshot_date) AS BIGINT) AS tier_held_days
  FROM snap_customer_tiers AS tiers
  INNER JOIN snap_customer_situations AS situations
    ON tiers.customer_key = situations.customer_key
    AND tiers.snapshot_date = situations.snapshot_date
  INNER JOIN snap_segment_reasons AS reasons
    ON tiers.customer_key = reasons.customer_key
    AND tiers.snapshot_date = reasons.snapshot_date
  INNER JOIN snap_customer_stages AS stages
    ON tiers.customer_key = stages.customer_key
    AND tiers.snapshot_date = stages.snapshot_date
  WHERE
    tiers.snapshot_date >= :first_date AND tiers.snapshot_date <= :last_date
), final AS (
  SELECT
    customer_key,
    segment,
    segment_reason_code,
    near_reason_code,
    tier,
    CASE
      WHEN visit_count = 0
      THEN 'tier_no_visit_yet'
      WHEN has_moved_before AND tier_held_days = 0
      THEN 'tier_moved'
      WHEN above_review_count > 0
      THEN 'tier_rising'
      WHEN NOT downgrade_notice_on IS NULL
      THEN 'tier_notice'
      WHEN tier_visit_count = 0
      THEN 'tier_no_visit_lately'
      WHEN is_borderline
      THEN 'tier_borderline'
      WHEN has_moved_before AND tier_held_days < :dwell_days
      THEN 'tier_dwells'
      WHEN NOT is_big_proven
      THEN 'tier_big_unproven'
      ELSE 'tier_held'
    END AS tier_reason_code,
    stage,
    stage_reason_code,
    list_name,
    CASE
      WHEN segment = 'not_profiled'
      THEN 'none_refused'
      WHEN segment = 'prospect'
      THEN 'welcome'
      WHEN segment = 'unproven'
      THEN 'none_unproven'
      WHEN segment = 'loss_maker'
      THEN 'fewer_promotions'
      WHEN segment = 'lapsed' AND list_name IS NULL
      THEN 'none_rest'
      WHEN segment = 'lapsed'
      THEN 'win_back'
      WHEN segment = 'wavering'
      THEN 'win_now'
      WHEN segment = 'loyal'
      THEN 'thank'
      WHEN NOT list_name IS NULL
      THEN 'wake'
      WHEN potential_minor >= :headroom_minor
      THEN 'none_specials_only'
      ELSE 'none_fine'
    END AS list_reason_code,
    visit_count,
    age_days,
    silent_days,
    expected_gap_days,
    overdue_ratio,
    active_month_count,
    tier_profit_minor,
    curve_profit_minor,
    curve_cm2_minor,
    visit_profit_high_minor,
    potential_minor,
    spend_drift,
    discounted_order_count,
    order_count,
    loss_review_count,
    above_review_count,
    value_percentile,
    tier_held_days,
    big_days,
    downgrade_notice_on,
    owner_since_on,
    currency_code,
    snapshot_date
  FROM judged
)
SELECT
  *
FROM final
