-- include/sql/snapshots/snap_peer_ceilings.sql, as spark reads it; python -m regulars docs
WITH ranked AS (
  SELECT
    circle_rank,
    cell,
    snapshot_date,
    tier_profit_minor,
    RANK() OVER (PARTITION BY circle_rank, cell, snapshot_date ORDER BY tier_profit_minor DESC) - 1 AS above_count,
    COUNT(*) OVER (PARTITION BY circle_rank, cell, snapshot_date) AS peer_count
  FROM snap_peer_circles
  WHERE
    is_peer AND snapshot_date >= :first_date AND snapshot_date <= :last_date
), final AS (
  SELECT
    circle_rank,
    cell,
    CAST(MAX(peer_count) AS BIGINT) AS peer_count,
    CAST(MIN(tier_profit_minor) FILTER(WHERE
      above_count * 100 <= (
        100 - :ceiling_percentile
      ) * peer_count) AS BIGINT) AS ceiling_minor,
    snapshot_date
  FROM ranked
  GROUP BY
    circle_rank,
    cell,
    snapshot_date
)
SELECT
  *
FROM final
