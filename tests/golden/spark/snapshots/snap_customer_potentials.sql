-- include/sql/snapshots/snap_customer_potentials.sql, as spark reads it; python -m regulars docs
WITH chosen AS (
  SELECT
    circles.customer_key,
    circles.snapshot_date,
    MIN(circles.circle_rank) AS circle_rank
  FROM snap_peer_circles AS circles
  INNER JOIN snap_peer_ceilings AS ceilings
    ON circles.circle_rank = ceilings.circle_rank
    AND circles.cell = ceilings.cell
    AND circles.snapshot_date = ceilings.snapshot_date
  WHERE
    (
      ceilings.peer_count >= :min_potential_peers OR circles.circle_rank = 5
    )
    AND circles.snapshot_date >= :first_date
    AND circles.snapshot_date <= :last_date
  GROUP BY
    circles.customer_key,
    circles.snapshot_date
), met AS (
  SELECT
    chosen.customer_key,
    chosen.snapshot_date,
    chosen.circle_rank,
    ceilings.peer_count,
    ceilings.ceiling_minor
  FROM chosen
  INNER JOIN snap_peer_circles AS circles
    ON chosen.customer_key = circles.customer_key
    AND chosen.snapshot_date = circles.snapshot_date
    AND chosen.circle_rank = circles.circle_rank
  INNER JOIN snap_peer_ceilings AS ceilings
    ON circles.circle_rank = ceilings.circle_rank
    AND circles.cell = ceilings.cell
    AND circles.snapshot_date = ceilings.snapshot_date
), final AS (
  SELECT
    cells.customer_key,
    met.circle_rank AS peer_circle,
    COALESCE(met.peer_count, 0) AS peer_count,
    COALESCE(met.ceiling_minor, 0) AS ceiling_minor,
    CAST(FLOOR(
      GREATEST(COALESCE(met.ceiling_minor - cells.tier_profit_minor, 0), 0) * predictions.active_ratio
    ) AS BIGINT) AS potential_minor,
    cells.snapshot_date
  FROM snap_peer_cells AS cells
  INNER JOIN snap_customer_predictions AS predictions
    ON cells.customer_key = predictions.customer_key
    AND cells.snapshot_date = predictions.snapshot_date
  LEFT JOIN met
    ON cells.customer_key = met.customer_key AND cells.snapshot_date = met.snapshot_date
  WHERE
    cells.snapshot_date >= :first_date AND cells.snapshot_date <= :last_date
)
SELECT
  *
FROM final
