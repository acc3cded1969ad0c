-- include/sql/snapshots/snap_customer_drifts.sql, as spark reads it; python -m regulars docs
WITH visits AS (
  SELECT
    members.customer_key,
    members.snapshot_date,
    days.business_date,
    cohorts.spend_mean,
    cohorts.spend_variance,
    cohorts.spend_visits AS k,
    LEAST(GREATEST(days.net_sales_minor, low_spend_minor), high_spend_minor) AS spend_minor
  FROM snap_cohort_members AS members
  INNER JOIN snap_cohorts AS cohorts
    ON members.customer_kind = cohorts.customer_kind
    AND members.brand = cohorts.brand
    AND members.snapshot_date = cohorts.snapshot_date
  INNER JOIN snap_visit_bounds AS bounds
    ON members.customer_kind = bounds.customer_kind
    AND members.brand = bounds.brand
    AND members.snapshot_date = bounds.snapshot_date
  INNER JOIN fct_customer_days AS days
    ON members.customer_key = days.customer_key
    AND days.business_date <= members.snapshot_date
    AND DATEDIFF(DAY, days.business_date, members.snapshot_date) < :curve_days
  WHERE
    days.visit_count > 0
    AND days.currency_code = :group_currency
    AND members.snapshot_date >= :first_date
    AND members.snapshot_date <= :last_date
), told AS (
  SELECT
    *,
    ROW_NUMBER() OVER so_far AS visit_no,
    (
      ROW_NUMBER() OVER so_far
    ) - 1 AS n,
    (
      SUM(spend_minor) OVER so_far
    ) - spend_minor AS total,
    (
      SUM(spend_minor * spend_minor) OVER so_far
    ) - spend_minor * spend_minor AS square
  FROM visits
  WINDOW so_far AS (PARTITION BY customer_key, snapshot_date ORDER BY business_date NULLS LAST)
), expected AS (
  SELECT
    customer_key,
    snapshot_date,
    visit_no,
    spend_minor,
    (
      total + k * spend_mean
    ) / NULLIF(n + k, 0) AS usual,
    (
      4 * spend_variance + GREATEST(square - COALESCE(CAST(total AS DOUBLE) * total / NULLIF(n, 0), 0), 0)
    ) / NULLIF(4 + GREATEST(n - 1, 0), 0) * (
      1 + 1 / NULLIF(n + k, 0)
    ) AS variance
  FROM told
), summed AS (
  SELECT
    customer_key,
    snapshot_date,
    visit_no,
    SUM(
      CAST(FLOOR(
        1000000 * (
          COALESCE((
            usual - spend_minor
          ) / NULLIF(SQRT(variance), 0), 0) - :drift_slack
        )
      ) AS BIGINT)
    ) OVER (PARTITION BY customer_key, snapshot_date ORDER BY visit_no NULLS LAST) AS sum_micro
  FROM expected
), ended AS (
  SELECT
    customer_key,
    snapshot_date,
    visit_no,
    sum_micro,
    lowest_micro
  FROM (
    SELECT
      customer_key,
      snapshot_date,
      visit_no,
      sum_micro,
      MIN(sum_micro) OVER (PARTITION BY customer_key, snapshot_date) AS lowest_micro,
      ROW_NUMBER() OVER (PARTITION BY customer_key, snapshot_date ORDER BY visit_no DESC) AS _w
    FROM summed
  ) AS _t
  WHERE
    _w = 1
), final AS (
  SELECT
    customer_key,
    CAST(sum_micro - LEAST(lowest_micro, 0) AS DOUBLE) / 1000000 AS spend_drift,
    visit_no >= :min_visits
    AND sum_micro - LEAST(lowest_micro, 0) > :drift_limit * 1000000 AS is_spend_falling,
    snapshot_date
  FROM ended
)
SELECT
  *
FROM final
