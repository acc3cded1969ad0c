-- include/sql/snapshots/snap_false_kills.sql, as postgres reads it; python -m regulars docs
WITH dates AS (
  SELECT
    snapshot_date
  FROM ref_snapshot_dates
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), listed AS (
  SELECT
    dates.snapshot_date,
    tiers.customer_key,
    MIN(tiers.snapshot_date) AS listed_on
  FROM dates
  INNER JOIN snap_customer_tiers AS tiers
    ON tiers.snapshot_date <= dates.snapshot_date
    AND (
      CAST(dates.snapshot_date AS DATE) - CAST(tiers.snapshot_date AS DATE)
    ) >= :false_kill_days
    AND (
      CAST(dates.snapshot_date AS DATE) - CAST(tiers.snapshot_date AS DATE)
    ) < :curve_days
  WHERE
    tiers.segment = 'loss_maker'
  GROUP BY
    dates.snapshot_date,
    tiers.customer_key
), since AS (
  SELECT
    listed.snapshot_date,
    listed.customer_key,
    COALESCE(SUM(days.true_profit_minor), 0) AS profit_minor
  FROM listed
  LEFT JOIN fct_customer_days AS days
    ON listed.customer_key = days.customer_key
    AND days.business_date > listed.listed_on
    AND days.business_date <= listed.snapshot_date
    AND days.currency_code = :group_currency
  GROUP BY
    listed.snapshot_date,
    listed.customer_key
), final AS (
  SELECT
    CAST(COUNT(since.customer_key) AS BIGINT) AS once_listed_count,
    CAST(COUNT(*) FILTER(WHERE
      since.profit_minor > 0) AS BIGINT) AS false_kill_count,
    dates.snapshot_date
  FROM dates
  LEFT JOIN since
    ON dates.snapshot_date = since.snapshot_date
  GROUP BY
    dates.snapshot_date
)
SELECT
  *
FROM final
