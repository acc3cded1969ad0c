-- include/sql/snapshots/snap_score_histories.sql, as spark reads it; python -m regulars docs
WITH steps AS (
  SELECT
    0 AS horizons_back
  UNION ALL
  SELECT
    1 AS horizons_back
  UNION ALL
  SELECT
    2 AS horizons_back
  UNION ALL
  SELECT
    3 AS horizons_back
), cuts AS (
  SELECT
    dates.snapshot_date,
    CAST(steps.horizons_back AS BIGINT) AS horizons_back,
    CAST(dates.snapshot_date - CAST(steps.horizons_back * :horizon_days AS INT) AS DATE) AS cut_on,
    CAST(dates.snapshot_date - CAST(GREATEST(steps.horizons_back - 1, 0) * :horizon_days AS INT) AS DATE) AS known_until_on
  FROM ref_snapshot_dates AS dates
  CROSS JOIN steps
  WHERE
    dates.snapshot_date >= :first_date
    AND dates.snapshot_date <= :last_date
    AND steps.horizons_back <= :cut_count
), aged AS (
  SELECT
    days.customer_key,
    days.visit_count,
    days.true_profit_minor,
    CAST(DATEDIFF(DAY, days.business_date, cuts.cut_on) + 1 AS BIGINT) AS day_age,
    cuts.cut_on,
    cuts.horizons_back,
    cuts.snapshot_date
  FROM fct_customer_days AS days
  INNER JOIN cuts
    ON days.business_date <= cuts.known_until_on
  WHERE
    days.currency_code = :group_currency
), visited AS (
  SELECT
    *,
    CASE WHEN visit_count > 0 AND day_age > 0 THEN day_age END AS visit_age
  FROM aged
), final AS (
  SELECT
    customer_key,
    horizons_back,
    CAST(COUNT(visit_age) AS BIGINT) AS visit_count,
    CAST(MAX(visit_age) AS BIGINT) AS age_days,
    CAST(MIN(visit_age) AS BIGINT) AS silent_days,
    CAST(COALESCE(SUM(true_profit_minor) FILTER(WHERE
      day_age > 0), 0) AS BIGINT) AS profit_minor,
    CAST(COUNT(*) FILTER(WHERE
      day_age <= 0 AND visit_count > 0) AS BIGINT) AS later_visit_count,
    CAST(COALESCE(SUM(true_profit_minor) FILTER(WHERE
      day_age <= 0), 0) AS BIGINT) AS later_profit_minor,
    cut_on,
    snapshot_date
  FROM visited
  GROUP BY
    customer_key,
    horizons_back,
    cut_on,
    snapshot_date
  HAVING
    COUNT(visit_age) > 0
)
SELECT
  *
FROM final
