-- include/sql/snapshots/snap_newcomer_starts.sql, as spark reads it; python -m regulars docs
WITH begun AS (
  SELECT
    starts.customer_key,
    starts.acquisition_source,
    starts.price_band,
    starts.daypart,
    starts.basket_minor,
    starts.half_year_cm2_minor,
    DATEDIFF(DAY, starts.first_on, dates.snapshot_date) >= :learning_days AS is_lesson,
    dates.snapshot_date
  FROM int_first_visits AS starts
  INNER JOIN ref_snapshot_dates AS dates
    ON starts.first_on <= dates.snapshot_date
  WHERE
    starts.currency_code = :group_currency
    AND dates.snapshot_date >= :first_date
    AND dates.snapshot_date <= :last_date
), ranked AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY snapshot_date, is_lesson
      ORDER BY half_year_cm2_minor NULLS LAST, customer_key NULLS LAST
    ) AS outcome_rank,
    (
      COUNT(*) OVER (PARTITION BY snapshot_date, is_lesson)
    ) * :outlier_bps DIV 10000 AS cut_count,
    COUNT(*) OVER (PARTITION BY snapshot_date, is_lesson) AS n,
    CAST(SUM(CASE WHEN is_lesson THEN basket_minor ELSE 0 END) OVER (PARTITION BY snapshot_date) AS DOUBLE) / NULLIF(SUM(CASE WHEN is_lesson THEN 1 ELSE 0 END) OVER (PARTITION BY snapshot_date), 0) AS usual_basket
  FROM begun
), bounds AS (
  SELECT
    snapshot_date,
    MIN(half_year_cm2_minor) FILTER(WHERE
      outcome_rank > cut_count) AS low_minor,
    MAX(half_year_cm2_minor) FILTER(WHERE
      outcome_rank <= n - cut_count) AS high_minor
  FROM ranked
  WHERE
    is_lesson
  GROUP BY
    snapshot_date
), final AS (
  SELECT
    ranked.customer_key,
    ranked.acquisition_source,
    CASE
      WHEN basket_minor < :small_basket * usual_basket
      THEN 'small'
      WHEN basket_minor > :large_basket * usual_basket
      THEN 'large'
      ELSE 'usual'
    END AS basket_band,
    ranked.price_band,
    ranked.daypart,
    ranked.is_lesson,
    CASE
      WHEN ranked.is_lesson
      THEN CAST(LEAST(GREATEST(half_year_cm2_minor, low_minor), high_minor) AS BIGINT)
    END AS lesson_cm2_minor,
    ranked.snapshot_date
  FROM ranked
  LEFT JOIN bounds
    ON ranked.snapshot_date = bounds.snapshot_date
)
SELECT
  *
FROM final
