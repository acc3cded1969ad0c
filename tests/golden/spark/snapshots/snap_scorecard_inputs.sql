-- include/sql/snapshots/snap_scorecard_inputs.sql, as spark reads it; python -m regulars docs
WITH final AS (
  SELECT
    row_no,
    peer_no,
    peer_count,
    (
      (
        RANK() OVER by_profit
      ) + (
        COUNT(*) OVER by_profit
      ) - 2
    ) * 50000000000 DIV NULLIF(peer_count - 1, 0) AS profit,
    (
      (
        RANK() OVER by_visits
      ) + (
        COUNT(*) OVER by_visits
      ) - 2
    ) * 50000000000 DIV NULLIF(peer_count - 1, 0) AS visits,
    (
      (
        RANK() OVER by_regularity
      ) + (
        COUNT(*) OVER by_regularity
      ) - 2
    ) * 50000000000 DIV NULLIF(peer_count - 1, 0) AS regularity,
    (
      (
        RANK() OVER by_tenure
      ) + (
        COUNT(*) OVER by_tenure
      ) - 2
    ) * 50000000000 DIV NULLIF(peer_count - 1, 0) AS tenure,
    (
      (
        RANK() OVER by_potential
      ) + (
        COUNT(*) OVER by_potential
      ) - 2
    ) * 50000000000 DIV NULLIF(peer_count - 1, 0) AS potential,
    (
      (
        RANK() OVER by_independence
      ) + (
        COUNT(*) OVER by_independence
      ) - 2
    ) * 50000000000 DIV NULLIF(peer_count - 1, 0) AS independence,
    (
      (
        RANK() OVER by_service
      ) + (
        COUNT(*) OVER by_service
      ) - 2
    ) * 50000000000 DIV NULLIF(peer_count - 1, 0) AS service,
    (
      (
        RANK() OVER by_trouble
      ) + (
        COUNT(*) OVER by_trouble
      ) - 2
    ) * 50000000000 DIV NULLIF(peer_count - 1, 0) AS trouble,
    CASE
      WHEN NOT satisfaction IS NULL
      THEN (
        RANK() OVER by_satisfaction
      ) + (
        COUNT(*) OVER by_satisfaction
      ) - 2
    END * 50000000000 DIV NULLIF((
      COUNT(satisfaction) OVER peers
    ) - 1, 0) AS satisfaction,
    CASE
      WHEN NOT trend IS NULL
      THEN (
        RANK() OVER by_trend
      ) + (
        COUNT(*) OVER by_trend
      ) - 2
    END * 50000000000 DIV NULLIF((
      COUNT(trend) OVER peers
    ) - 1, 0) AS trend,
    CASE
      WHEN NOT delay IS NULL
      THEN (
        RANK() OVER by_delay
      ) + (
        COUNT(*) OVER by_delay
      ) - 2
    END * 50000000000 DIV NULLIF((
      COUNT(delay) OVER peers
    ) - 1, 0) AS delay,
    CASE
      WHEN NOT cancelled IS NULL
      THEN (
        RANK() OVER by_cancelled
      ) + (
        COUNT(*) OVER by_cancelled
      ) - 2
    END * 50000000000 DIV NULLIF((
      COUNT(cancelled) OVER peers
    ) - 1, 0) AS cancelled,
    CASE
      WHEN NOT dependence IS NULL
      THEN (
        RANK() OVER by_dependence
      ) + (
        COUNT(*) OVER by_dependence
      ) - 2
    END * 50000000000 DIV NULLIF((
      COUNT(dependence) OVER peers
    ) - 1, 0) AS dependence,
    snapshot_date
  FROM snap_scorecard_peers
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
  WINDOW peers AS (PARTITION BY snapshot_date, peer_no), by_profit AS (PARTITION BY snapshot_date, peer_no ORDER BY profit NULLS LAST), by_visits AS (PARTITION BY snapshot_date, peer_no ORDER BY visits NULLS LAST), by_regularity AS (PARTITION BY snapshot_date, peer_no ORDER BY regularity NULLS LAST), by_tenure AS (PARTITION BY snapshot_date, peer_no ORDER BY tenure NULLS LAST), by_potential AS (PARTITION BY snapshot_date, peer_no ORDER BY potential NULLS LAST), by_independence AS (PARTITION BY snapshot_date, peer_no ORDER BY independence NULLS LAST), by_service AS (PARTITION BY snapshot_date, peer_no ORDER BY service NULLS LAST), by_trouble AS (PARTITION BY snapshot_date, peer_no ORDER BY trouble NULLS LAST), by_satisfaction AS (PARTITION BY snapshot_date, peer_no ORDER BY satisfaction NULLS LAST), by_trend AS (PARTITION BY snapshot_date, peer_no ORDER BY trend NULLS LAST), by_delay AS (PARTITION BY snapshot_date, peer_no ORDER BY delay NULLS LAST), by_cancelled AS (PARTITION BY snapshot_date, peer_no ORDER BY cancelled NULLS LAST), by_dependence AS (PARTITION BY snapshot_date, peer_no ORDER BY dependence NULLS LAST)
)
SELECT
  *
FROM final
