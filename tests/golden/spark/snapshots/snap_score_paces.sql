-- include/sql/snapshots/snap_score_paces.sql, as spark reads it; python -m regulars docs
WITH customers AS (
  SELECT
    snapshot_date,
    cut_on,
    horizons_back,
    visit_count,
    age_days,
    profit_minor,
    CASE
      WHEN visit_count > 1
      THEN CAST(FLOOR(CAST(age_days - silent_days AS DOUBLE) * 1000000 / (
        visit_count - 1
      )) AS BIGINT)
    END AS own_gap_micro
  FROM snap_score_histories
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), summed AS (
  SELECT
    snapshot_date,
    cut_on,
    horizons_back,
    CAST(COUNT(*) AS BIGINT) AS customer_count,
    CAST(COUNT(own_gap_micro) AS BIGINT) AS returner_count,
    CAST(SUM(visit_count - 1) AS BIGINT) AS repeat_visit_count,
    CAST(SUM(age_days) AS BIGINT) AS customer_day_count,
    CAST(MAX(age_days) AS BIGINT) AS history_days,
    CAST(SUM(profit_minor) AS DOUBLE) / NULLIF(SUM(visit_count), 0) AS basket_minor,
    CAST(SUM(own_gap_micro) AS DOUBLE) / NULLIF(COUNT(own_gap_micro), 0) / 1000000 AS mean_gap_days
  FROM customers
  GROUP BY
    snapshot_date,
    cut_on,
    horizons_back
), paced AS (
  SELECT
    *,
    GREATEST(COALESCE(mean_gap_days, 30), 1) AS usual_gap_days
  FROM summed
), final AS (
  SELECT
    customer_count,
    returner_count,
    repeat_visit_count,
    customer_day_count,
    history_days,
    CAST(CAST(GREATEST(repeat_visit_count, 1) AS DOUBLE) / NULLIF(customer_day_count, 0) AS DOUBLE) AS pace,
    CAST(FLOOR(basket_minor) AS BIGINT) AS basket_minor,
    CAST(4 * usual_gap_days AS DOUBLE) AS half_life_days,
    CAST(0.6 AS DOUBLE) AS prior_visits,
    CAST(2 AS DOUBLE) AS prior_baskets,
    CAST(0.1 AS DOUBLE) AS leaving_odds,
    CAST(0.1 AS DOUBLE) AS revival_ratio,
    CAST(0.5 AS DOUBLE) AS size_prior_visits,
    CAST(0.1 AS DOUBLE) AS size_floor,
    horizons_back,
    cut_on,
    snapshot_date
  FROM paced
)
SELECT
  *
FROM final
