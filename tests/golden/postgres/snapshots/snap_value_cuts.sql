-- include/sql/snapshots/snap_value_cuts.sql, as postgres reads it; python -m regulars docs
WITH valued AS (
  SELECT
    customer_key,
    customer_kind,
    snapshot_date,
    CAST(FLOOR(visit_profit * tier_visit_count) AS BIGINT) AS value_minor
  FROM snap_customer_beliefs
  WHERE
    tier_visit_count > 0
    AND snapshot_date >= :first_date
    AND snapshot_date <= :last_date
), ranked AS (
  SELECT
    *,
    100 * PERCENT_RANK() OVER (PARTITION BY customer_kind, snapshot_date ORDER BY value_minor) AS percentile
  FROM valued
), final AS (
  SELECT
    customer_kind,
    CAST(GREATEST(COALESCE(MIN(value_minor) FILTER(WHERE
      percentile >= :cut_percentile), 0), 0) AS BIGINT) AS cut_minor,
    snapshot_date
  FROM ranked
  GROUP BY
    customer_kind,
    snapshot_date
)
SELECT
  *
FROM final
