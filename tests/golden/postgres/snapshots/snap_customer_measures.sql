-- include/sql/snapshots/snap_customer_measures.sql, as postgres reads it; python -m regulars docs
WITH visits AS (
  SELECT
    members.customer_key,
    members.customer_kind,
    members.brand,
    members.snapshot_date,
    LEAST(GREATEST(days.true_profit_minor, low_profit_minor), high_profit_minor) AS profit_minor,
    LEAST(GREATEST(days.net_sales_minor, low_spend_minor), high_spend_minor) AS spend_minor
  FROM snap_cohort_members AS members
  INNER JOIN fct_customer_days AS days
    ON members.customer_key = days.customer_key
    AND days.business_date <= members.snapshot_date
    AND (
      CAST(members.snapshot_date AS DATE) - CAST(days.business_date AS DATE)
    ) < :curve_days
  INNER JOIN snap_visit_bounds AS bounds
    ON members.customer_kind = bounds.customer_kind
    AND members.brand = bounds.brand
    AND members.snapshot_date = bounds.snapshot_date
  WHERE
    days.visit_count > 0
    AND days.currency_code = :group_currency
    AND members.snapshot_date >= :first_date
    AND members.snapshot_date <= :last_date
), spent AS (
  SELECT
    customer_key,
    customer_kind,
    brand,
    snapshot_date,
    COUNT(*) AS n,
    SUM(profit_minor) AS profit_sum,
    SUM(profit_minor * profit_minor) AS profit_square,
    SUM(spend_minor) AS spend_sum,
    SUM(spend_minor * spend_minor) AS spend_square
  FROM visits
  GROUP BY
    customer_key,
    customer_kind,
    brand,
    snapshot_date
), gathered AS (
  SELECT
    customer_key,
    customer_kind,
    brand,
    'profit' AS measure_code,
    n,
    profit_sum AS total,
    profit_square AS square,
    snapshot_date
  FROM spent
  UNION ALL
  SELECT
    customer_key,
    customer_kind,
    brand,
    'spend',
    n,
    spend_sum,
    spend_square,
    snapshot_date
  FROM spent
  UNION ALL
  SELECT
    members.customer_key,
    members.customer_kind,
    members.brand,
    'gap',
    sums.gap_count,
    sums.gap_days * 1000,
    sums.gap_days_square * 1000000,
    members.snapshot_date
  FROM snap_cohort_members AS members
  INNER JOIN snap_customer_sums AS sums
    ON members.customer_key = sums.customer_key
    AND members.snapshot_date = sums.snapshot_date
  WHERE
    sums.gap_count > 0
    AND members.snapshot_date >= :first_date
    AND members.snapshot_date <= :last_date
), final AS (
  SELECT
    customer_key,
    customer_kind,
    brand,
    measure_code,
    CAST(n AS BIGINT) AS n,
    CAST(total AS BIGINT) AS total,
    CAST(square AS BIGINT) AS square,
    CAST(FLOOR(CAST(CAST(total AS DOUBLE PRECISION) * total AS DOUBLE PRECISION) / NULLIF(n, 0)) AS BIGINT) AS mean_square,
    snapshot_date
  FROM gathered
)
SELECT
  *
FROM final
