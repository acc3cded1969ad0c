-- include/sql/snapshots/snap_tier_stability.sql, as postgres reads it; python -m regulars docs
WITH dates AS (
  SELECT
    snapshot_date
  FROM ref_snapshot_dates
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), moved AS (
  SELECT
    customer_key,
    snapshot_date AS moved_on,
    CASE tier WHEN 'platinum' THEN 3 WHEN 'gold' THEN 2 WHEN 'iron' THEN 1 ELSE 0 END AS height
  FROM ops_tier_reviews
  WHERE
    has_moved_before AND tier_since_on = snapshot_date
), stepped AS (
  SELECT
    *,
    height < COALESCE(LAG(height) OVER (PARTITION BY customer_key ORDER BY moved_on), 0) AS is_down
  FROM moved
), turned AS (
  SELECT
    stepped.*,
    MIN(CASE WHEN is_down THEN moved_on END) OVER (PARTITION BY customer_key) AS fell_on
  FROM stepped
), counted AS (
  SELECT
    dates.snapshot_date,
    COUNT(turned.moved_on) FILTER(WHERE
      turned.moved_on = dates.snapshot_date) AS tier_move_count,
    COUNT(turned.moved_on) AS year_move_count,
    COUNT(turned.moved_on) FILTER(WHERE
      turned.moved_on >= turned.fell_on) AS flip_count
  FROM dates
  LEFT JOIN turned
    ON turned.moved_on <= dates.snapshot_date
    AND (
      CAST(dates.snapshot_date AS DATE) - CAST(turned.moved_on AS DATE)
    ) < :curve_days
  GROUP BY
    dates.snapshot_date
), reviewed AS (
  SELECT
    MIN(snapshot_date) AS first_review_on
  FROM ops_tier_reviews
), watched AS (
  SELECT
    tiers.snapshot_date,
    CAST(SUM(
      LEAST(
        age_days,
        :curve_days,
        (
          CAST(tiers.snapshot_date AS DATE) - CAST(first_review_on AS DATE)
        ) + 1
      )
    ) AS BIGINT) AS watched_days
  FROM snap_customer_tiers AS tiers
  CROSS JOIN reviewed
  WHERE
    visit_count > 0
    AND tiers.snapshot_date >= :first_date
    AND tiers.snapshot_date <= :last_date
  GROUP BY
    tiers.snapshot_date
), final AS (
  SELECT
    CAST(tier_move_count AS BIGINT) AS tier_move_count,
    CAST(year_move_count AS BIGINT) AS year_move_count,
    CAST(flip_count AS BIGINT) AS flip_count,
    COALESCE(watched_days, 0) AS watched_days,
    counted.snapshot_date
  FROM counted
  LEFT JOIN watched
    ON counted.snapshot_date = watched.snapshot_date
)
SELECT
  *
FROM final
