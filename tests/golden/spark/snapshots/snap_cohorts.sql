-- include/sql/snapshots/snap_cohorts.sql, as spark reads it; python -m regulars docs
WITH cohorts AS (
  SELECT
    customer_kind,
    brand,
    snapshot_date,
    CAST(COUNT(*) AS BIGINT) AS customer_count
  FROM snap_cohort_members
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
  GROUP BY
    customer_kind,
    brand,
    snapshot_date
), chosen AS (
  SELECT
    customer_kind,
    brand,
    snapshot_date,
    circle,
    measure_code,
    mean,
    within_variance,
    credibility_count,
    relative_variance,
    repeat_count
  FROM (
    SELECT
      cohorts.customer_kind,
      cohorts.brand,
      cohorts.snapshot_date,
      means.circle,
      means.measure_code,
      means.mean,
      means.within_variance,
      means.credibility_count,
      means.relative_variance,
      means.repeat_count,
      ROW_NUMBER() OVER (
        PARTITION BY cohorts.customer_kind, cohorts.brand, cohorts.snapshot_date, means.measure_code
        ORDER BY means.circle_rank NULLS LAST
      ) AS _w
    FROM cohorts
    INNER JOIN snap_cohort_means AS means
      ON cohorts.snapshot_date = means.snapshot_date
      AND means.customer_kind = CASE WHEN means.circle = 'group' THEN '' ELSE cohorts.customer_kind END
      AND means.brand = CASE WHEN means.circle = 'brand' THEN cohorts.brand ELSE '' END
    WHERE
      means.repeat_count >= :min_cohort OR means.circle = 'group'
  ) AS _t
  WHERE
    _w = 1
), told AS (
  SELECT
    customer_kind,
    brand,
    snapshot_date,
    MAX(CASE WHEN measure_code = 'profit' AND repeat_count > 0 THEN circle END) AS circle,
    MAX(mean) FILTER(WHERE
      measure_code = 'profit') AS visit_profit_mean,
    MAX(within_variance) FILTER(WHERE
      measure_code = 'profit') AS within_variance,
    MAX(credibility_count) FILTER(WHERE
      measure_code = 'profit') AS credibility_visits,
    MAX(mean) FILTER(WHERE
      measure_code = 'spend') AS spend_mean,
    MAX(within_variance) FILTER(WHERE
      measure_code = 'spend') AS spend_variance,
    MAX(credibility_count) FILTER(WHERE
      measure_code = 'spend') AS spend_visits,
    MAX(mean) FILTER(WHERE
      measure_code = 'gap') / 1000 AS gap_mean_days,
    MAX(credibility_count) FILTER(WHERE
      measure_code = 'gap') AS gap_visits,
    MAX(relative_variance) FILTER(WHERE
      measure_code = 'gap') AS gap_variance_ratio
  FROM chosen
  GROUP BY
    customer_kind,
    brand,
    snapshot_date
), final AS (
  SELECT
    cohorts.customer_kind,
    cohorts.brand,
    cohorts.customer_count,
    COALESCE(told.circle, 'none') AS circle,
    COALESCE(told.visit_profit_mean, 0) AS visit_profit_mean,
    COALESCE(told.within_variance, 0) AS within_variance,
    COALESCE(told.credibility_visits, :max_credibility_visits) AS credibility_visits,
    COALESCE(told.spend_mean, 0) AS spend_mean,
    COALESCE(told.spend_variance, 0) AS spend_variance,
    COALESCE(told.spend_visits, :max_credibility_visits) AS spend_visits,
    GREATEST(COALESCE(told.gap_mean_days, 30), 1) AS mean_gap_days,
    COALESCE(told.gap_visits, 1) AS gap_visits,
    COALESCE(told.gap_variance_ratio, 1) AS gap_variance_ratio,
    cohorts.snapshot_date
  FROM cohorts
  LEFT JOIN told
    ON cohorts.customer_kind = told.customer_kind
    AND cohorts.brand = told.brand
    AND cohorts.snapshot_date = told.snapshot_date
)
SELECT
  *
FROM final
