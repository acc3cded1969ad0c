-- include/sql/snapshots/fct_calibrations.sql, as postgres reads it; python -m regulars docs
WITH scopes AS (
  SELECT
    0 AS is_tenth
  UNION ALL
  SELECT
    1 AS is_tenth
), summed AS (
  SELECT
    judged.snapshot_date,
    judged.return_decile * scopes.is_tenth AS tenth,
    MIN(judged.prediction_method) AS method,
    COUNT(*) AS n,
    CAST(COUNT(*) AS DOUBLE PRECISION) AS d,
    CAST(SUM(returned) AS DOUBLE PRECISION) AS hits,
    CAST(SUM(return_nano) AS DOUBLE PRECISION) AS return_sum,
    CAST(SUM(squared_miss_nano) AS DOUBLE PRECISION) AS miss_sum,
    CAST(SUM(twice_mid_rank * returned) AS DOUBLE PRECISION) AS rank_sum,
    CAST(SUM(expected_visits_micro) AS DOUBLE PRECISION) / 1000000 AS visits_sum,
    CAST(SUM(later_visit_count) AS BIGINT) AS later_visits,
    CAST(SUM(expected_value_minor) AS BIGINT) AS value_sum,
    CAST(SUM(later_profit_minor) AS BIGINT) AS later_profit,
    CAST(SUM(top_profit_minor) AS DOUBLE PRECISION) AS top_profit
  FROM snap_judged_predictions AS judged
  CROSS JOIN scopes
  WHERE
    judged.snapshot_date >= :first_date AND judged.snapshot_date <= :last_date
  GROUP BY
    judged.snapshot_date,
    judged.return_decile * scopes.is_tenth
), final AS (
  SELECT
    CAST(dates.snapshot_date - CAST(:horizon_days AS INT) AS DATE) AS cut_on,
    CAST(COALESCE(tenth, 0) AS BIGINT) AS return_decile,
    CASE
      WHEN n IS NULL
      THEN 'not_enough_history'
      WHEN tenth > 0
      THEN 'measured'
      WHEN hits = 0
      THEN 'nobody_returned'
      WHEN hits = d
      THEN 'everybody_returned'
      ELSE 'measured'
    END AS calibration_status,
    method AS prediction_method,
    CAST(COALESCE(n, 0) AS BIGINT) AS customer_count,
    CAST(FLOOR(COALESCE(hits, 0)) AS BIGINT) AS returned_count,
    CAST(CAST(CAST(return_sum AS DOUBLE PRECISION) / NULLIF(d, 0) AS DOUBLE PRECISION) / 1000000000 AS DOUBLE PRECISION) AS expected_return_ratio,
    CAST(CAST(hits AS DOUBLE PRECISION) / NULLIF(d, 0) AS DOUBLE PRECISION) AS returned_ratio,
    CAST(visits_sum AS DOUBLE PRECISION) AS expected_visits,
    later_visits AS later_visit_count,
    value_sum AS expected_value_minor,
    later_profit AS later_profit_minor,
    CAST(CAST(CAST(miss_sum AS DOUBLE PRECISION) / NULLIF(d, 0) AS DOUBLE PRECISION) / 1000000000 AS DOUBLE PRECISION) AS brier_score,
    CAST(CASE
      WHEN tenth = 0
      THEN CAST((
        rank_sum - hits * (
          hits + 1
        )
      ) AS DOUBLE PRECISION) / NULLIF(2 * hits * (
        d - hits
      ), 0)
    END AS DOUBLE PRECISION) AS auc_ratio,
    CAST(CASE
      WHEN tenth = 0 AND later_profit > 0
      THEN CAST(top_profit AS DOUBLE PRECISION) / later_profit
    END AS DOUBLE PRECISION) AS top_fifth_profit_ratio,
    CAST(:group_currency AS TEXT) AS currency_code,
    dates.snapshot_date
  FROM ref_snapshot_dates AS dates
  LEFT JOIN summed
    ON dates.snapshot_date = summed.snapshot_date
  WHERE
    dates.snapshot_date >= :first_date AND dates.snapshot_date <= :last_date
)
SELECT
  *
FROM final
