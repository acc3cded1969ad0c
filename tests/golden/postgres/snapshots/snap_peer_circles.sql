-- include/sql/snapshots/snap_peer_circles.sql, as postgres reads it; python -m regulars docs
WITH circles AS (
  SELECT
    1 AS circle_rank
  UNION ALL
  SELECT
    2
  UNION ALL
  SELECT
    3
  UNION ALL
  SELECT
    4
  UNION ALL
  SELECT
    5
), final AS (
  SELECT
    cells.customer_key,
    CAST(circles.circle_rank AS BIGINT) AS circle_rank,
    customer_kind || CASE WHEN circle_rank <= 4 THEN '|' || main_store_id ELSE '' END || CASE WHEN circle_rank <= 3 THEN '|' || daypart ELSE '' END || CASE WHEN circle_rank <= 2 THEN '|' || party_band ELSE '' END || CASE WHEN circle_rank = 1 THEN '|' || age_band ELSE '' END AS cell,
    cells.is_peer,
    cells.tier_profit_minor,
    cells.snapshot_date
  FROM snap_peer_cells AS cells
  CROSS JOIN circles
  WHERE
    cells.snapshot_date >= :first_date AND cells.snapshot_date <= :last_date
)
SELECT
  *
FROM final
