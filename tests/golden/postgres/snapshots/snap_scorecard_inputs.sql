-- include/sql/snapshots/snap_scorecard_inputs.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    row_no,
    peer_no,
    peer_count,
    CAST(DIV(
      (
        RANK() OVER by_profit + COUNT(*) OVER by_profit - 2
      ) * 50000000000,
      NULLIF(peer_count - 1, 0)
    ) AS BIGINT) AS profit,
    CAST(DIV(
      (
        RANK() OVER by_visits + COUNT(*) OVER by_visits - 2
      ) * 50000000000,
      NULLIF(peer_count - 1, 0)
    ) AS BIGINT) AS visits,
    CAST(DIV(
      (
        RANK() OVER by_regularity + COUNT(*) OVER by_regularity - 2
      ) * 50000000000,
      NULLIF(peer_count - 1, 0)
    ) AS BIGINT) AS regularity,
    CAST(DIV(
      (
        RANK() OVER by_tenure + COUNT(*) OVER by_tenure - 2
      ) * 50000000000,
      NULLIF(peer_count - 1, 0)
    ) AS BIGINT) AS tenure,
    CAST(DIV(
      (
        RANK() OVER by_potential + COUNT(*) OVER by_potential - 2
      ) * 50000000000,
      NULLIF(peer_count - 1, 0)
    ) AS BIGINT) AS potential,
    CAST(DIV(
      (
        RANK() OVER by_independence + COUNT(*) OVER by_independence - 2
      ) * 50000000000,
      NULLIF(peer_count - 1, 0)
    ) AS BIGINT) AS independence,
    CAST(DIV(
      (
        RANK() OVER by_service + COUNT(*) OVER by_service - 2
      ) * 50000000000,
      NULLIF(peer_count - 1, 0)
    ) AS BIGINT) AS service,
    CAST(DIV(
      (
        RANK() OVER by_trouble + COUNT(*) OVER by_trouble - 2
      ) * 50000000000,
      NULLIF(peer_count - 1, 0)
    ) AS BIGINT) AS trouble,
    CAST(DIV(
      CASE
        WHEN NOT satisfaction IS NULL
        THEN RANK() OVER by_satisfaction + COUNT(*) OVER by_satisfaction - 2
      END * 50000000000,
      NULLIF(COUNT(satisfaction) OVER peers - 1, 0)
    ) AS BIGINT) AS satisfaction,
    CAST(DIV(
      CASE
        WHEN NOT trend IS NULL
        THEN RANK() OVER by_trend + COUNT(*) OVER by_trend - 2
      END * 50000000000,
      NULLIF(COUNT(trend) OVER peers - 1, 0)
    ) AS BIGINT) AS trend,
    CAST(DIV(
      CASE
        WHEN NOT delay IS NULL
        THEN RANK() OVER by_delay + COUNT(*) OVER by_delay - 2
      END * 50000000000,
      NULLIF(COUNT(delay) OVER peers - 1, 0)
    ) AS BIGINT) AS delay,
    CAST(DIV(
      CASE
        WHEN NOT cancelled IS NULL
        THEN RANK() OVER by_cancelled + COUNT(*) OVER by_cancelled - 2
      END * 50000000000,
      NULLIF(COUNT(cancelled) OVER peers - 1, 0)
    ) AS BIGINT) AS cancelled,
    CAST(DIV(
      CASE
        WHEN NOT dependence IS NULL
        THEN RANK() OVER by_dependence + COUNT(*) OVER by_dependence - 2
      END * 50000000000,
      NULLIF(COUNT(dependence) OVER peers - 1, 0)
    ) AS BIGINT) AS dependence,
    snapshot_date
  FROM snap_scorecard_peers
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
  WINDOW peers AS (PARTITION BY snapshot_date, peer_no), by_profit AS (PARTITION BY snapshot_date, peer_no ORDER BY profit), by_visits AS (PARTITION BY snapshot_date, peer_no ORDER BY visits), by_regularity AS (PARTITION BY snapshot_date, peer_no ORDER BY regularity), by_tenure AS (PARTITION BY snapshot_date, peer_no ORDER BY tenure), by_potential AS (PARTITION BY snapshot_date, peer_no ORDER BY potential), by_independence AS (PARTITION BY snapshot_date, peer_no ORDER BY independence), by_service AS (PARTITION BY snapshot_date, peer_no ORDER BY service), by_trouble AS (PARTITION BY snapshot_date, peer_no ORDER BY trouble), by_satisfaction AS (PARTITION BY snapshot_date, peer_no ORDER BY satisfaction), by_trend AS (PARTITION BY snapshot_date, peer_no ORDER BY trend), by_delay AS (PARTITION BY snapshot_date, peer_no ORDER BY delay), by_cancelled AS (PARTITION BY snapshot_date, peer_no ORDER BY cancelled), by_dependence AS (PARTITION BY snapshot_date, peer_no ORDER BY dependence)
)
SELECT
  *
FROM final
