-- include/sql/snapshots/snap_scorecard_jitters.sql, as postgres reads it; python -m regulars docs
WITH logs AS (
  SELECT
    row_no,
    peer_no,
    peer_count,
    is_floored,
    snapshot_date,
    CAST(FLOOR(LN(GREATEST(profit_micro, 1000000)) * 1000000000) AS BIGINT) AS profit,
    CAST(FLOOR(LN(GREATEST(loyalty_micro, 1000000)) * 1000000000) AS BIGINT) AS loyalty,
    CAST(FLOOR(LN(GREATEST(potential_micro, 1000000)) * 1000000000) AS BIGINT) AS potential,
    CAST(FLOOR(LN(GREATEST(independence_micro, 1000000)) * 1000000000) AS BIGINT) AS independence,
    CAST(FLOOR(LN(GREATEST(ease_micro, 1000000)) * 1000000000) AS BIGINT) AS ease,
    CAST(FLOOR(LN(:floored_score * CAST(1000000 AS DOUBLE PRECISION)) * 1000000000) AS BIGINT) AS cap
  FROM snap_scorecard_dimensions
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), scored AS (
  SELECT
    row_no,
    peer_no,
    peer_count,
    snapshot_date,
    weights.set_no,
    CAST(DIV(
      (
        50 + CAST(DIV(
          LEAST(
            logs.profit * weights.profit + logs.loyalty * weights.loyalty + logs.potential * weights.potential + logs.independence * weights.independence + logs.ease * weights.ease,
            CASE WHEN is_floored THEN logs.cap * weights.total END
          ),
          weights.total
        ) AS BIGINT)
      ),
      100
    ) AS BIGINT) AS score_log
  FROM logs
  CROSS JOIN ref_scorecard_weights AS weights
), placed AS (
  SELECT
    row_no,
    snapshot_date,
    set_no,
    score_log,
    COALESCE(
      CAST(DIV(
        (
          RANK() OVER best + COUNT(*) OVER best - 2
        ) * 50000000,
        NULLIF(peer_count - 1, 0)
      ) AS BIGINT),
      50000000
    ) AS micro
  FROM scored
  WINDOW best AS (PARTITION BY snapshot_date, peer_no, set_no ORDER BY score_log)
), final AS (
  SELECT
    row_no,
    MAX(score_log) FILTER(WHERE
      set_no = 0) AS score_log,
    MAX(micro) FILTER(WHERE
      set_no = 0) AS percentile_micro,
    CAST(COUNT(*) FILTER(WHERE
      set_no > 0) AS BIGINT) AS jitter_count,
    CAST(COUNT(*) FILTER(WHERE
      set_no > 0 AND micro >= :iron_demote * 1000000) AS BIGINT) AS iron_count,
    CAST(COUNT(*) FILTER(WHERE
      set_no > 0 AND micro >= :gold_demote * 1000000) AS BIGINT) AS gold_count,
    CAST(COUNT(*) FILTER(WHERE
      set_no > 0 AND micro >= :platinum_demote * 1000000) AS BIGINT) AS platinum_count,
    snapshot_date
  FROM placed
  GROUP BY
    row_no,
    snapshot_date
)
SELECT
  *
FROM final
