-- include/sql/snapshots/snap_credibilities.sql, as spark reads it; python -m regulars docs
WITH circles AS (
  SELECT
    1 AS circle_rank,
    'brand' AS circle
  UNION ALL
  SELECT
    2,
    'kind'
  UNION ALL
  SELECT
    3,
    'group'
), placed AS (
  SELECT
    circles.circle,
    circles.circle_rank,
    CASE WHEN circles.circle = 'group' THEN '' ELSE customer_kind END AS customer_kind,
    CASE WHEN circles.circle = 'brand' THEN brand ELSE '' END AS brand,
    measure_code,
    n,
    total,
    square,
    mean_square,
    CASE
      WHEN total > 0
      THEN CAST(FLOOR(CAST(square - mean_square AS DOUBLE) * n * n * 1000000 / total / total) AS BIGINT)
      ELSE 0
    END AS relative_square_micro,
    snapshot_date
  FROM snap_customer_measures
  CROSS JOIN circles
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), summed AS (
  SELECT
    circle,
    customer_kind,
    brand,
    measure_code,
    snapshot_date,
    MIN(circle_rank) AS circle_rank,
    COUNT(*) AS customer_count,
    COUNT(*) FILTER(WHERE
      n > 1) AS repeat_count,
    CAST(COUNT(*) AS DOUBLE) AS m,
    CAST(SUM(n) AS DOUBLE) AS n,
    CAST(SUM(n * n) AS DOUBLE) AS n_square,
    CAST(SUM(total) AS DOUBLE) AS s,
    CAST(SUM(square - mean_square) AS DOUBLE) AS within_square,
    CAST(SUM(mean_square) AS DOUBLE) AS mean_square,
    CAST(SUM(relative_square_micro) AS DOUBLE) / 1000000 AS relative_square
  FROM placed
  GROUP BY
    circle,
    customer_kind,
    brand,
    measure_code,
    snapshot_date
), spread AS (
  SELECT
    *,
    s / NULLIF(n, 0) AS plain_mean,
    COALESCE(GREATEST(within_square, 0) / NULLIF(n - m, 0), 0) AS within_variance
  FROM summed
), structured AS (
  SELECT
    *,
    COALESCE(
      (
        mean_square - s * plain_mean - (
          m - 1
        ) * within_variance
      ) / NULLIF(n - n_square / NULLIF(n, 0), 0),
      0
    ) AS between_variance
  FROM spread
), final AS (
  SELECT
    circle,
    CAST(circle_rank AS BIGINT) AS circle_rank,
    customer_kind,
    brand,
    measure_code,
    CAST(customer_count AS BIGINT) AS customer_count,
    CAST(repeat_count AS BIGINT) AS repeat_count,
    plain_mean,
    within_variance,
    CASE
      WHEN between_variance * n * 1000000000 > mean_square
      THEN between_variance
      ELSE 0
    END AS between_variance,
    COALESCE(relative_square / NULLIF(n - m, 0), 1) AS relative_variance,
    snapshot_date
  FROM structured
)
SELECT
  *
FROM final
