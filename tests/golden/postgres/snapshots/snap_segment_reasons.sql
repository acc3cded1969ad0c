-- include/sql/snapshots/snap_segment_reasons.sql, as postgres reads it; python -m regulars docs
WITH judged AS (
  SELECT
    situations.*,
    segment,
    is_proven,
    is_newcomer,
    is_potential_low,
    is_sustained,
    NOT big_since_on IS NULL AS is_big,
    (
      CAST(situations.snapshot_date AS DATE) - CAST(big_since_on AS DATE)
    ) < :loyal_days AS is_big_lately
  FROM snap_customer_situations AS situations
  INNER JOIN snap_customer_segments AS segments
    ON situations.customer_key = segments.customer_key
    AND situations.snapshot_date = segments.snapshot_date
  WHERE
    situations.snapshot_date >= :first_date
    AND situations.snapshot_date <= :last_date
), decided AS (
  SELECT
    *,
    CASE
      WHEN segment = 'not_profiled'
      THEN 'profiling_refused'
      WHEN segment = 'prospect' AND visit_count = 0
      THEN 'no_paid_visit'
      WHEN segment = 'prospect'
      THEN 'promising_newcomer'
      WHEN segment = 'unproven'
      THEN 'little_evidence'
      WHEN segment = 'loss_maker'
      THEN 'proven_loss'
      WHEN segment = 'lapsed'
      THEN 'long_silent'
      WHEN segment = 'wavering' AND overdue_ratio >= :lapsing_ratio
      THEN 'likely_lapsing'
      WHEN segment = 'wavering' AND overdue_ratio >= :slowing_ratio
      THEN 'slowing'
      WHEN segment = 'wavering'
      THEN 'spending_less'
      WHEN segment = 'loyal'
      THEN 'sustained_big'
      WHEN overdue_ratio >= :slowing_ratio
      THEN 'slow_of_no_value'
      ELSE 'on_rhythm'
    END AS segment_reason_code,
    CASE
      WHEN segment IN ('not_profiled', 'loss_maker') OR visit_count = 0
      THEN NULL
      WHEN is_loss_making AND visit_count < :loss_visits
      THEN 'loss_too_few_visits'
      WHEN is_loss_making AND age_days < :loss_age_days
      THEN 'loss_too_young'
      WHEN is_loss_making AND NOT is_potential_low
      THEN 'loss_with_potential'
      WHEN is_loss_making AND loss_review_count < :loss_reviews
      THEN 'loss_one_review'
      WHEN is_loss_making
      THEN 'loss_complaint_open'
      WHEN visit_profit_high_minor < 0
      THEN 'loss_in_idle_hours'
      WHEN curve_profit_minor < 0 AND is_proven
      THEN 'loss_not_sure'
      WHEN segment = 'unproven' AND is_newcomer
      THEN 'not_promising'
      WHEN segment = 'unproven'
      THEN 'newcomer_no_more'
      WHEN segment = 'prospect'
      THEN 'evidence_short'
      WHEN segment = 'lapsed' AND is_big
      THEN 'big_but_silent'
      WHEN segment = 'wavering' AND overdue_ratio >= :lapsing_ratio
      THEN 'almost_lapsed'
      WHEN segment = 'wavering' AND is_sustained
      THEN 'big_but_slowing'
      WHEN segment = 'steady' AND is_big AND is_big_lately
      THEN 'big_too_lately'
      WHEN segment = 'steady' AND is_big AND NOT is_sustained
      THEN 'big_with_gaps'
      WHEN segment IN ('loyal', 'steady')
      AND overdue_ratio >= 1
      AND overdue_ratio < :slowing_ratio
      THEN 'almost_slowing'
    END AS near_reason_code
  FROM judged
), final AS (
  SELECT
    customer_key,
    segment_reason_code,
    near_reason_code,
    snapshot_date
  FROM decided
)
SELECT
  *
FROM final
