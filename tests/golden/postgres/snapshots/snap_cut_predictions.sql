-- include/sql/snapshots/snap_cut_predictions.sql, as postgres reads it; python -m regulars docs
WITH blends AS (
  SELECT
    return_intercept,
    return_slope,
    return_size_slope,
    visits_intercept,
    visits_slope,
    visits_size_slope,
    cut_on,
    snapshot_date
  FROM ops_score_blends
), scores AS (
  SELECT
    *,
    LEAST(
      GREATEST(return_ratio, CAST(0.000001 AS DOUBLE PRECISION)),
      CAST(0.999999 AS DOUBLE PRECISION)
    ) AS safe_ratio,
    GREATEST(expected_visits, CAST(0.000001 AS DOUBLE PRECISION)) AS safe_visits
  FROM snap_plain_scores
  WHERE
    horizons_back <= 1
    AND snapshot_date >= :first_date
    AND snapshot_date <= :last_date
), corrected AS (
  SELECT
    scores.*,
    blends.visits_slope,
    CAST(1 AS DOUBLE PRECISION) / NULLIF(
      1 + EXP(
        -(
          return_intercept + return_slope * LN(CAST(safe_ratio AS DOUBLE PRECISION) / NULLIF(1 - safe_ratio, 0)) + return_size_slope * log_visit_size
        )
      ),
      0
    ) AS blend_ratio,
    CASE
      WHEN visits_slope > 0
      THEN LEAST(
        EXP(
          visits_intercept + visits_slope * LN(safe_visits) + visits_size_slope * log_visit_size
        ),
        :horizon_days
      )
    END AS blend_visits
  FROM scores
  LEFT JOIN blends
    ON scores.cut_on = blends.cut_on AND scores.snapshot_date = blends.snapshot_date
), chosen AS (
  SELECT
    *,
    COALESCE(blend_ratio, return_ratio) AS chance,
    GREATEST(COALESCE(blend_visits, expected_visits), COALESCE(blend_ratio, 0)) AS visits
  FROM corrected
), final AS (
  SELECT
    customer_key,
    horizons_back,
    later_visit_count,
    later_profit_minor,
    active_ratio,
    CAST(chance AS DOUBLE PRECISION) AS return_ratio,
    CAST(visits AS DOUBLE PRECISION) AS expected_visits,
    CAST(FLOOR(visits * visit_value) AS BIGINT) AS expected_value_minor,
    expected_year_visits,
    CAST(FLOOR(expected_year_visits * visit_value) AS BIGINT) AS expected_year_value_minor,
    CAST(CASE WHEN visits_slope IS NULL THEN 'plain' ELSE 'blend' END AS TEXT) AS prediction_method,
    cut_on,
    snapshot_date
  FROM chosen
)
SELECT
  *
FROM final
