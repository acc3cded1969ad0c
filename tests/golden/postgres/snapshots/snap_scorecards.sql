-- include/sql/snapshots/snap_scorecards.sql, as postgres reads it; python -m regulars docs
WITH joined AS (
  SELECT
    peers.customer_key,
    peers.peer_kind,
    peers.peer_group,
    peers.peer_count,
    dimensions.profit_micro,
    dimensions.loyalty_micro,
    dimensions.potential_micro,
    dimensions.independence_micro,
    dimensions.ease_micro,
    dimensions.is_floored,
    jitters.score_log,
    jitters.percentile_micro,
    jitters.jitter_count,
    jitters.iron_count,
    jitters.gold_count,
    jitters.platinum_count,
    peers.snapshot_date
  FROM snap_scorecard_peers AS peers
  INNER JOIN snap_scorecard_dimensions AS dimensions
    ON peers.row_no = dimensions.row_no
    AND peers.snapshot_date = dimensions.snapshot_date
  INNER JOIN snap_scorecard_jitters AS jitters
    ON peers.row_no = jitters.row_no AND peers.snapshot_date = jitters.snapshot_date
  WHERE
    peers.is_own
    AND peers.snapshot_date >= :first_date
    AND peers.snapshot_date <= :last_date
), compared AS (
  SELECT
    *,
    CASE
      WHEN percentile_micro >= :platinum_demote * 1000000
      THEN platinum_count
      WHEN percentile_micro >= :gold_demote * 1000000
      THEN gold_count - platinum_count
      WHEN percentile_micro >= :iron_demote * 1000000
      THEN iron_count - gold_count
      ELSE jitter_count - iron_count
    END AS same_count
  FROM joined
), judged AS (
  SELECT
    *,
    CAST(jitter_count - same_count AS DOUBLE PRECISION) / NULLIF(jitter_count, 0) AS changed_ratio
  FROM compared
), final AS (
  SELECT
    customer_key,
    peer_kind,
    peer_group,
    peer_count,
    CAST(profit_micro AS DOUBLE PRECISION) / 1000000 AS profit_percentile,
    CAST(loyalty_micro AS DOUBLE PRECISION) / 1000000 AS loyalty_percentile,
    CAST(potential_micro AS DOUBLE PRECISION) / 1000000 AS potential_percentile,
    CAST(independence_micro AS DOUBLE PRECISION) / 1000000 AS independence_percentile,
    CAST(ease_micro AS DOUBLE PRECISION) / 1000000 AS ease_percentile,
    is_floored,
    CAST(EXP(CAST(score_log AS DOUBLE PRECISION) / 10000000) AS DOUBLE PRECISION) / 1000000 AS score,
    CAST(percentile_micro AS DOUBLE PRECISION) / 1000000 AS value_percentile,
    COALESCE(changed_ratio, 0) AS changed_jitter_ratio,
    COALESCE(changed_ratio > :borderline_ratio, FALSE) AS is_borderline,
    CASE
      WHEN platinum_count > :borderline_ratio * jitter_count
      THEN 'platinum'
      WHEN gold_count > :borderline_ratio * jitter_count
      THEN 'gold'
      WHEN iron_count > :borderline_ratio * jitter_count
      THEN 'iron'
      ELSE 'lead'
    END AS jitter_tier,
    snapshot_date
  FROM judged
)
SELECT
  *
FROM final
