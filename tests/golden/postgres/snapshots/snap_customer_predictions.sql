-- include/sql/snapshots/snap_customer_predictions.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    predictions.customer_key,
    active_ratio,
    expected_visits,
    return_ratio,
    expected_value_minor,
    expected_year_visits,
    expected_year_value_minor,
    prediction_method,
    CAST(:group_currency AS TEXT) AS currency_code,
    snapshot_date
  FROM snap_cut_predictions AS predictions
  LEFT JOIN int_customers
    ON predictions.customer_key = int_customers.customer_key
  WHERE
    NOT COALESCE(int_customers.is_profiling_opt_out, FALSE)
    AND horizons_back = 0
    AND snapshot_date >= :first_date
    AND snapshot_date <= :last_date
)
SELECT
  *
FROM final
