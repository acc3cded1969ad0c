-- include/sql/snapshots/snap_customer_beliefs.sql, as spark reads it; python -m regulars docs
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
    CAST(features.curve_visit_count AS DOUBLE) AS n,
    CAST(features.curve_profit_minor AS DOUBLE) AS profit,
    CAST(COALESCE(visits.square - visits.mean_square, 0) AS DOUBLE) AS own_square,
    CAST(COALESCE(sums.gap_count, 0) AS DOUBLE) AS gaps,
    CAST(COALESCE(sums.gap_days, 0) AS DOUBLE) AS gap_days,
    CAST(COALESCE(sums.gap_days_square, 0) AS DOUBLE) AS gap_days_square
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
    n / NULLIF(n + credibility_visits, 0) AS credibility_ratio,
    COALESCE(profit / NULLIF(n, 0), 0) AS own_profit,
    GREATEST((
      gap_days + gap_visits * mean_gap_days
    ) / NULLIF(gaps + gap_visits, 0), 1) AS expected_gap_days,
    :interval_z * (
      1 + (
        :interval_z * :interval_z + 1
      ) / NULLIF(4 * (
        n + 3
      ), 0)
    ) * SQRT(
      (
        GREATEST(own_square, 0) + 4 * within_variance
      ) / NULLIF(n + 3, 0) / NULLIF(n + credibility_visits, 0)
    ) AS half_interval,
    (
      4 * gap_variance_ratio + GREATEST(gap_days_square - gap_days * gap_days / NULLIF(gaps, 0), 0) / NULLIF(gap_days * gap_days / NULLIF(gaps * gaps, 0), 0)
    ) / NULLIF(GREATEST(gaps - 1, 0) + 4, 0) AS own_variance_ratio
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
    silent_days / NULLIF(expected_gap_days, 0) AS overdue_ratio,
    1 / NULLIF(1 + COALESCE(own_variance_ratio, gap_variance_ratio), 0) AS regularity_ratio,
    credibility_ratio * own_profit + (
      1 - credibility_ratio
    ) * visit_profit_mean AS visit_profit,
    snapshot_date
  FROM believed
)
SELECT
  *
FROM final
