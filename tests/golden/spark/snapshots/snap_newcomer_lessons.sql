-- include/sql/snapshots/snap_newcomer_lessons.sql, as spark reads it; python -m regulars docs
WITH taught AS (
  SELECT
    acquisition_source,
    basket_band || '|' || price_band || '|' || daypart AS way,
    lesson_cm2_minor,
    snapshot_date
  FROM snap_newcomer_starts
  WHERE
    is_lesson AND snapshot_date >= :first_date AND snapshot_date <= :last_date
), widened AS (
  SELECT
    1 AS circle,
    acquisition_source,
    way,
    lesson_cm2_minor,
    snapshot_date
  FROM taught
  UNION ALL
  SELECT
    2,
    acquisition_source,
    '',
    lesson_cm2_minor,
    snapshot_date
  FROM taught
  UNION ALL
  SELECT
    3,
    '',
    '',
    lesson_cm2_minor,
    snapshot_date
  FROM taught
), cells AS (
  SELECT
    circle,
    acquisition_source,
    way,
    snapshot_date,
    CAST(COUNT(*) AS BIGINT) AS n,
    CAST(SUM(lesson_cm2_minor) AS BIGINT) AS total,
    CAST(SUM(lesson_cm2_minor * lesson_cm2_minor) AS BIGINT) AS square,
    CAST(FLOOR(
      CAST(SUM(lesson_cm2_minor) AS DOUBLE) * SUM(lesson_cm2_minor) / NULLIF(COUNT(*), 0)
    ) AS BIGINT) AS mean_square
  FROM widened
  GROUP BY
    circle,
    acquisition_source,
    way,
    snapshot_date
), summed AS (
  SELECT
    circle,
    snapshot_date,
    CAST(COUNT(*) AS DOUBLE) AS m,
    CAST(SUM(n) AS DOUBLE) AS n,
    CAST(SUM(n * n) AS DOUBLE) AS n_square,
    CAST(SUM(total) AS DOUBLE) AS s,
    CAST(SUM(mean_square) AS DOUBLE) AS mean_square,
    COALESCE(
      CAST(SUM(GREATEST(square - mean_square, 0)) AS DOUBLE) / NULLIF(SUM(n) - COUNT(*), 0),
      0
    ) AS within_variance
  FROM cells
  GROUP BY
    circle,
    snapshot_date
), spread AS (
  SELECT
    circle,
    snapshot_date,
    within_variance,
    COALESCE(
      (
        mean_square - s * s / NULLIF(n, 0) - (
          m - 1
        ) * within_variance
      ) / NULLIF(n - n_square / NULLIF(n, 0), 0),
      0
    ) AS between_variance
  FROM summed
), final AS (
  SELECT
    cells.circle,
    cells.acquisition_source,
    cells.way,
    cells.n AS lesson_count,
    CAST(cells.total AS DOUBLE) / NULLIF(cells.n, 0) AS mean_cm2,
    CASE
      WHEN cells.circle = 3
      THEN 1
      WHEN between_variance > 0 AND within_variance > 0
      THEN cells.n / NULLIF(cells.n + within_variance / NULLIF(between_variance, 0), 0)
      ELSE 0
    END AS credibility_ratio,
    cells.snapshot_date
  FROM cells
  INNER JOIN spread
    ON cells.circle = spread.circle AND cells.snapshot_date = spread.snapshot_date
)
SELECT
  *
FROM final
