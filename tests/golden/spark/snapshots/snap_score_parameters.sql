-- include/sql/snapshots/snap_score_parameters.sql, as spark reads it; python -m regulars docs
WITH final AS (
  SELECT
    paces.customer_count,
    paces.returner_count,
    paces.repeat_visit_count,
    paces.customer_day_count,
    paces.history_days,
    paces.pace,
    paces.basket_minor,
    paces.half_life_days,
    paces.prior_visits,
    paces.prior_baskets,
    paces.leaving_odds,
    paces.revival_ratio,
    paces.size_prior_visits,
    paces.size_floor,
    CAST(:horizon_days AS BIGINT) AS horizon_days,
    CAST(:long_horizon_days AS BIGINT) AS long_horizon_days,
    CAST(CASE WHEN blends.visits_slope IS NULL THEN 'plain' ELSE 'blend' END AS STRING) AS prediction_method,
    CAST(COALESCE(blends.example_count, 0) AS BIGINT) AS example_count,
    CAST(COALESCE(blends.example_return_count, 0) AS BIGINT) AS example_return_count,
    CAST(blends.return_intercept AS DOUBLE) AS return_intercept,
    CAST(blends.return_slope AS DOUBLE) AS return_slope,
    CAST(blends.return_size_slope AS DOUBLE) AS return_size_slope,
    CAST(blends.visits_intercept AS DOUBLE) AS visits_intercept,
    CAST(blends.visits_slope AS DOUBLE) AS visits_slope,
    CAST(blends.visits_size_slope AS DOUBLE) AS visits_size_slope,
    CAST(:group_currency AS STRING) AS currency_code,
    paces.snapshot_date
  FROM snap_score_paces AS paces
  LEFT JOIN ops_score_blends AS blends
    ON paces.cut_on = blends.cut_on AND paces.snapshot_date = blends.snapshot_date
  WHERE
    paces.horizons_back = 0
    AND paces.snapshot_date >= :first_date
    AND paces.snapshot_date <= :last_date
)
SELECT
  *
FROM final
