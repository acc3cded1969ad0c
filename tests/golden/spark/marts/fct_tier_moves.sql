-- include/sql/marts/fct_tier_moves.sql, as spark reads it; python -m regulars docs
WITH standings AS (
  SELECT
    customer_key,
    snapshot_date,
    tier_since_on,
    downgrade_notice_on,
    LAG(tier_since_on) OVER (PARTITION BY customer_key ORDER BY snapshot_date NULLS LAST) AS tier_before_since_on,
    LAG(downgrade_notice_on) OVER (PARTITION BY customer_key ORDER BY snapshot_date NULLS LAST) AS notice_on
  FROM ops_tier_reviews
), compared AS (
  SELECT
    customer_key,
    customer_kind,
    tier,
    snapshot_date,
    LAG(tier) OVER (PARTITION BY customer_key ORDER BY snapshot_date NULLS LAST) AS tier_before
  FROM snap_customer_tiers
), placed AS (
  SELECT
    *,
    CASE tier WHEN 'platinum' THEN 3 WHEN 'gold' THEN 2 WHEN 'iron' THEN 1 ELSE 0 END AS step,
    CASE tier_before WHEN 'platinum' THEN 3 WHEN 'gold' THEN 2 WHEN 'iron' THEN 1 ELSE 0 END AS step_before
  FROM compared
  WHERE
    NOT tier_before IS NULL AND tier_before <> tier
), final AS (
  SELECT
    placed.customer_key,
    placed.customer_kind,
    placed.tier_before,
    placed.tier,
    CASE
      WHEN step > step_before
      THEN 'above_door_twice'
      WHEN scores.score IS NULL
      THEN 'no_visit_after_notice'
      WHEN scores.is_floored
      THEN 'below_floor_after_notice'
      ELSE 'below_door_after_notice'
    END AS move_reason_code,
    COALESCE(scores.value_percentile, 0) AS value_percentile,
    CASE WHEN step < step_before THEN standings.notice_on END AS downgrade_notice_on,
    standings.tier_before_since_on,
    CAST(DATEDIFF(DAY, standings.tier_before_since_on, placed.snapshot_date) AS BIGINT) AS held_days,
    placed.snapshot_date AS business_date
  FROM placed
  LEFT JOIN standings
    ON placed.customer_key = standings.customer_key
    AND placed.snapshot_date = standings.snapshot_date
  LEFT JOIN snap_customer_scores AS scores
    ON placed.customer_key = scores.customer_key
    AND placed.snapshot_date = scores.snapshot_date
)
SELECT
  *
FROM final
