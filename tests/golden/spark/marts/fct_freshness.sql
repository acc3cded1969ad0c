-- include/sql/marts/fct_freshness.sql, as spark reads it; python -m regulars docs
WITH sold AS (
  SELECT
    orders.source_system,
    orders.store_id,
    orders.business_date,
    MIN(files.file_name) AS file_name
  FROM raw_orders AS orders
  LEFT JOIN raw_file_receipts AS files
    ON orders.source_file_sha256 = files.source_file_sha256
    AND orders.source_system = files.source_system
    AND files.entity = 'orders'
  GROUP BY
    orders.source_system,
    orders.store_id,
    orders.business_date
), pairs AS (
  SELECT
    source_system,
    store_id
  FROM sold
  UNION
  SELECT
    source_system,
    store_id
  FROM ref_expected_stores
), gaps AS (
  SELECT
    expected.source_system,
    expected.business_date
  FROM ref_expected_days AS expected
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM raw_seen_files AS seen
      WHERE
        seen.source_system = expected.source_system
        AND COALESCE(seen.first_day, expected.business_date) <= expected.business_date
        AND COALESCE(seen.last_day, expected.business_date) >= expected.business_date
    )
), marks AS (
  SELECT
    source_system,
    store_id,
    business_date,
    business_date AS sold_on,
    CAST(NULL AS DATE) AS gap_on,
    0 AS is_built
  FROM sold
  UNION ALL
  SELECT
    pairs.source_system,
    pairs.store_id,
    gaps.business_date,
    NULL,
    gaps.business_date,
    0
  FROM pairs
  INNER JOIN gaps
    ON pairs.source_system = gaps.source_system
  UNION ALL
  SELECT
    pairs.source_system,
    pairs.store_id,
    days.business_date,
    NULL,
    NULL,
    1
  FROM pairs
  CROSS JOIN ops_built_days AS days
), running AS (
  SELECT
    source_system,
    store_id,
    business_date,
    is_built,
    MAX(sold_on) OVER (PARTITION BY source_system, store_id ORDER BY business_date NULLS LAST) AS last_business_date,
    MAX(gap_on) OVER (PARTITION BY source_system, store_id ORDER BY business_date NULLS LAST) AS last_gap_on
  FROM marks
), final AS (
  SELECT
    running.source_system,
    running.store_id,
    running.last_business_date,
    CAST(DATEDIFF(DAY, running.last_business_date, running.business_date) AS BIGINT) AS behind_day_count,
    NOT expected.business_date IS NULL AS is_expected,
    NOT running.last_gap_on IS NULL
    AND running.last_gap_on > COALESCE(running.last_business_date, CAST('0001-01-01' AS DATE)) AS is_late,
    sold.file_name,
    running.business_date
  FROM running
  LEFT JOIN ref_expected_days AS expected
    ON running.source_system = expected.source_system
    AND running.business_date = expected.business_date
  LEFT JOIN sold
    ON running.source_system = sold.source_system
    AND running.store_id = sold.store_id
    AND running.last_business_date = sold.business_date
  WHERE
    running.is_built = 1
)
SELECT
  *
FROM final
