-- include/sql/marts/int_monthly_states.sql, as spark reads it; python -m regulars docs
WITH last_reviews AS (
  SELECT
    month_starts_on,
    MAX(calendar_date) AS ended_on
  FROM ref_dates
  WHERE
    iso_weekday = :review_weekday
  GROUP BY
    month_starts_on
), standings AS (
  SELECT
    tiers.customer_key,
    tiers.customer_kind,
    tiers.tier,
    tiers.stage,
    CASE WHEN scores.score IS NULL THEN 'dormant' ELSE tiers.tier END AS active_tier,
    last_reviews.month_starts_on,
    last_reviews.ended_on
  FROM snap_customer_tiers AS tiers
  INNER JOIN last_reviews
    ON tiers.snapshot_date = last_reviews.ended_on
  LEFT JOIN snap_customer_scores AS scores
    ON tiers.customer_key = scores.customer_key
    AND tiers.snapshot_date = scores.snapshot_date
), taken AS (
  SELECT DISTINCT
    month_starts_on,
    ended_on
  FROM standings
), months AS (
  SELECT
    taken.month_starts_on,
    before.ended_on AS started_on,
    taken.ended_on
  FROM taken
  INNER JOIN taken AS before
    ON DATEDIFF(DAY, before.ended_on, taken.ended_on) IN (28, 35)
), ends AS (
  SELECT
    months.month_starts_on,
    months.started_on,
    standings.customer_key,
    standings.customer_kind,
    standings.tier,
    standings.stage,
    standings.active_tier,
    1 AS place
  FROM months
  INNER JOIN standings
    ON months.ended_on = standings.ended_on
  UNION ALL
  SELECT
    months.month_starts_on,
    months.started_on,
    standings.customer_key,
    standings.customer_kind,
    standings.tier,
    standings.stage,
    standings.active_tier,
    0 AS place
  FROM months
  INNER JOIN standings
    ON months.started_on = standings.ended_on
), brought AS (
  SELECT
    months.month_starts_on,
    days.customer_key,
    CAST(SUM(days.true_profit_minor) AS BIGINT) AS true_profit_minor
  FROM months
  INNER JOIN fct_customer_days AS days
    ON days.business_date > months.started_on AND days.business_date <= months.ended_on
  WHERE
    days.currency_code = :group_currency
  GROUP BY
    months.month_starts_on,
    days.customer_key
), placed AS (
  SELECT
    month_starts_on,
    started_on,
    customer_key,
    customer_kind,
    place,
    'tier' AS state_kind,
    tier AS state
  FROM ends
  UNION ALL
  SELECT
    month_starts_on,
    started_on,
    customer_key,
    customer_kind,
    place,
    'stage',
    stage
  FROM ends
  UNION ALL
  SELECT
    month_starts_on,
    started_on,
    customer_key,
    customer_kind,
    place,
    'active_tier',
    active_tier
  FROM ends
), final AS (
  SELECT
    placed.state_kind,
    placed.customer_key,
    placed.month_starts_on,
    placed.started_on,
    COALESCE(MAX(CASE WHEN place = 0 THEN customer_kind END), MAX(customer_kind)) AS customer_kind,
    COALESCE(MAX(CASE WHEN place = 0 THEN state END), 'new') AS state_before,
    COALESCE(MAX(CASE WHEN place = 1 THEN state END), 'gone') AS state,
    MAX(COALESCE(brought.true_profit_minor, 0)) AS true_profit_minor
  FROM placed
  LEFT JOIN brought
    ON placed.month_starts_on = brought.month_starts_on
    AND placed.customer_key = brought.customer_key
  GROUP BY
    placed.state_kind,
    placed.customer_key,
    placed.month_starts_on,
    placed.started_on
)
SELECT
  *
FROM final
