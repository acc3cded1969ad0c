-- include/sql/snapshots/fct_satisfaction_curves.sql, as spark reads it; python -m regulars docs
WITH final AS (
  SELECT
    curve_kind,
    rating_count,
    low_threshold,
    high_threshold,
    return_days,
    base_return_ratio,
    low_slope,
    high_slope,
    line_base_ratio,
    line_slope,
    curve_error,
    line_error,
    is_curve_used,
    curve_reason_code,
    snapshot_date
  FROM ops_satisfaction_curves
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
)
SELECT
  *
FROM final
