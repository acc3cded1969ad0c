-- include/sql/snapshots/snap_scorecard_dimensions.sql, as postgres reads it; python -m regulars docs
WITH averaged AS (
  SELECT
    *,
    CAST(DIV(
      (
        500 + CAST(DIV(
          (
            visits + regularity + tenure + COALESCE(satisfaction, 0) + COALESCE(trend, 0)
          ),
          (
            3 + CASE WHEN NOT satisfaction IS NULL THEN 1 ELSE 0 END + CASE WHEN NOT trend IS NULL THEN 1 ELSE 0 END
          )
        ) AS BIGINT)
      ),
      1000
    ) AS BIGINT) AS loyalty_mean,
    CAST(DIV(
      (
        500 + CAST(DIV(
          (
            service + trouble + COALESCE(delay, 0) + COALESCE(cancelled, 0) + COALESCE(dependence, 0)
          ),
          (
            2 + CASE WHEN NOT delay IS NULL THEN 1 ELSE 0 END + CASE WHEN NOT cancelled IS NULL THEN 1 ELSE 0 END + CASE WHEN NOT dependence IS NULL THEN 1 ELSE 0 END
          )
        ) AS BIGINT)
      ),
      1000
    ) AS BIGINT) AS ease_mean
  FROM snap_scorecard_inputs
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), ranked AS (
  SELECT
    row_no,
    peer_no,
    peer_count,
    snapshot_date,
    COALESCE(CAST(DIV((
      500 + profit
    ), 1000) AS BIGINT), 50000000) AS profit_micro,
    COALESCE(
      CAST(DIV(
        (
          RANK() OVER by_loyalty + COUNT(*) OVER by_loyalty - 2
        ) * 50000000,
        NULLIF(peer_count - 1, 0)
      ) AS BIGINT),
      50000000
    ) AS loyalty_micro,
    COALESCE(CAST(DIV((
      500 + potential
    ), 1000) AS BIGINT), 50000000) AS potential_micro,
    COALESCE(CAST(DIV((
      500 + independence
    ), 1000) AS BIGINT), 50000000) AS independence_micro,
    COALESCE(
      CAST(DIV(
        (
          RANK() OVER by_ease + COUNT(*) OVER by_ease - 2
        ) * 50000000,
        NULLIF(peer_count - 1, 0)
      ) AS BIGINT),
      50000000
    ) AS ease_micro
  FROM averaged
  WINDOW by_loyalty AS (PARTITION BY snapshot_date, peer_no ORDER BY loyalty_mean), by_ease AS (PARTITION BY snapshot_date, peer_no ORDER BY ease_mean)
), final AS (
  SELECT
    *,
    profit_micro < :profit_floor * 1000000
    OR loyalty_micro < :loyalty_floor * 1000000
    OR potential_micro < :potential_floor * 1000000
    OR independence_micro < :independence_floor * 1000000
    OR ease_micro < :ease_floor * 1000000 AS is_floored
  FROM ranked
)
SELECT
  *
FROM final
