-- include/sql/snapshots/snap_judged_predictions.sql, as spark reads it; python -m regulars docs
WITH told AS (
  SELECT
    predictions.*
  FROM snap_cut_predictions AS predictions
  INNER JOIN snap_score_paces AS paces
    ON predictions.cut_on = paces.cut_on
    AND predictions.snapshot_date = paces.snapshot_date
  WHERE
    predictions.horizons_back = 1
    AND paces.history_days >= :horizon_days
    AND predictions.snapshot_date >= :first_date
    AND predictions.snapshot_date <= :last_date
), ranked AS (
  SELECT
    *,
    COUNT(*) OVER (PARTITION BY snapshot_date) AS n,
    RANK() OVER (PARTITION BY snapshot_date ORDER BY return_ratio NULLS LAST) AS chance_rank,
    COUNT(*) OVER (PARTITION BY snapshot_date, return_ratio) AS chance_ties,
    RANK() OVER (PARTITION BY snapshot_date ORDER BY expected_value_minor DESC) AS value_rank,
    COUNT(*) OVER (PARTITION BY snapshot_date, expected_value_minor) AS value_ties
  FROM told
), final AS (
  SELECT
    customer_key,
    cut_on,
    prediction_method,
    CAST(1 + FLOOR(CAST(10 * (
      chance_rank - 1
    ) AS DOUBLE) / NULLIF(n, 0)) AS BIGINT) AS return_decile,
    CAST(CASE WHEN later_visit_count > 0 THEN 1 ELSE 0 END AS BIGINT) AS returned,
    CAST(FLOOR(return_ratio * 1000000000) AS BIGINT) AS return_nano,
    CAST(FLOOR(
      POWER(return_ratio - CASE WHEN later_visit_count > 0 THEN 1 ELSE 0 END, 2) * 1000000000
    ) AS BIGINT) AS squared_miss_nano,
    CAST(2 * chance_rank + chance_ties - 1 AS BIGINT) AS twice_mid_rank,
    CAST(FLOOR(expected_visits * 1000000) AS BIGINT) AS expected_visits_micro,
    later_visit_count,
    expected_value_minor,
    later_profit_minor,
    CAST(FLOOR(
      CAST(later_profit_minor AS DOUBLE) * LEAST(GREATEST(n - 5 * (
        value_rank - 1
      ), 0), 5 * value_ties) / NULLIF(5 * value_ties, 0)
    ) AS BIGINT) AS top_profit_minor,
    snapshot_date
  FROM ranked
)
SELECT
  *
FROM final
