-- include/sql/snapshots/snap_customer_beliefs.sql, as postgres reads it; python -m regulars docs
WITH measured AS (
  SELECT
    features.customer_key,
    features.snapshot_date,
    features.tier_visit_count,
    features.silent_days,
    members.customer_kind,
    members.brand,
    members.main_store_id,
    cohorts.circle,
    cohorts.visit_profit_mean,
    cohorts.within_variance,
    cohorts.credibility_visits,
    cohorts.mean_gap_days,
    cohorts.gap_visits,
    cohorts.gap_variance_ratio,
    CAST(features.curve_visit_count AS DOUBLE PRECISION) AS n,
    CAST(features.curve_profit_minor AS DOUBLE PRECISION) AS profit,
    CAST(COALESCE(visits.square - visits.mean_square, 0) AS DOUBLE PRECISION) AS own_square,
    CAST(COALESCE(sums.gap_count, 0) AS DOUBLE PRECISION) AS gaps,
    CAST(COALESCE(sums.gap_days, 0) AS DOUBLE PRECISION) AS gap_days,
    CAST(COALESCE(sums.gap_days_square, 0) AS DOUBLE PRECISION) AS gap_days_square
  FROM snap_customer_features AS features
  INNER JOIN snap_cohort_members AS members
    ON features.customer_key = members.customer_key
    AND features.snapshot_date = members.snapshot_date
  INNER JOIN snap_cohorts AS cohorts
    ON members.customer_kind = cohorts.customer_kind
    AND members.brand = cohorts.brand
    AND members.snapshot_date = cohorts.snapshot_date
  LEFT JOIN snap_customer_measures AS visits
    ON features.customer_key = visits.customer_key
    AND features.snapshot_date = visits.snapshot_date
    AND visits.measure_code = 'profit'
  LEFT JOIN snap_customer_sums AS sums
    ON features.customer_key = sums.customer_key
    AND features.snapshot_date = sums.snapshot_date
  WHERE
    features.snapshot_date >= :first_date AND features.snapshot_date <= :last_date
), believed AS (
  SELECT
    *,
    CAST(n AS DOUBLE PRECISION) / NULLIF(n + credibility_visits, 0) AS credibility_ratio,
    COALESCE(CAST(profit AS DOUBLE PRECISION) / NULLIF(n, 0), 0) AS own_profit,
    GREATEST(
      CAST((
        gap_days + gap_visits * mean_gap_days
      ) AS DOUBLE PRECISION) / NULLIF(gaps + gap_visits, 0),
      1
    ) AS expected_gap_days,
    :interval_z * (
      1 + CAST((
        :interval_z * :interval_z + 1
      ) AS DOUBLE PRECISION) / NULLIF(4 * (
        n + 3
      ), 0)
    ) * SQRT(
      CAST(CAST((
        GREATEST(own_square, 0) + 4 * within_variance
      ) AS DOUBLE PRECISION) / NULLIF(n + 3, 0) AS DOUBLE PRECISION) / NULLIF(n + credibility_visits, 0)
    ) AS half_interval,
    CAST((
      4 * gap_variance_ratio + CAST(GREATEST(
        gap_days_square - CAST(gap_days * gap_days AS DOUBLE PRECISION) / NULLIF(gaps, 0),
        0
      ) AS DOUBLE PRECISION) / NULLIF(CAST(gap_days * gap_days AS DOUBLE PRECISION) / NULLIF(gaps * gaps, 0), 0)
    ) AS DOUBLE PRECISION) / NULLIF(GREATEST(gaps - 1, 0) + 4, 0) AS own_variance_ratio
  FROM measured
), final AS (
  SELECT
    customer_key,
    customer_kind,
    brand,
    main_store_id,
    circle,
    tier_visit_count,
    credibility_ratio,
    expected_gap_days,
    half_interval,
    CAST(silent_days AS DOUBLE PRECISION) / NULLIF(expected_gap_days, 0) AS overdue_ratio,
    CAST(1 AS DOUBLE PRECISION) / NULLIF(1 + COALESCE(own_variance_ratio, gap_variance_ratio), 0) AS regularity_ratio,
    credibility_ratio * own_profit + (
      1 - credibility_ratio
    ) * visit_profit_mean AS visit_profit,
    snapshot_date
  FROM believed
)
SELECT
  *
FROM final
