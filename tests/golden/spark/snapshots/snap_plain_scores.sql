-- include/sql/snapshots/snap_plain_scores.sql, as spark reads it; python -m regulars docs
WITH measured AS (
  SELECT
    histories.customer_key,
    histories.cut_on,
    histories.snapshot_date,
    histories.horizons_back,
    histories.later_visit_count,
    histories.later_profit_minor,
    CAST(histories.visit_count AS DOUBLE) AS n,
    CAST(histories.age_days AS DOUBLE) AS t,
    CAST(histories.silent_days AS DOUBLE) AS r,
    CAST(histories.profit_minor AS DOUBLE) AS m,
    CAST(decays.decayed_visit_nano AS DOUBLE) / 1000000000 AS w_all,
    POWER(CAST(0.5 AS DOUBLE), histories.age_days / NULLIF(paces.half_life_days, 0)) AS faded,
    paces.half_life_days / NULLIF(LN(CAST(2 AS DOUBLE)), 0) AS mean_life,
    1 / NULLIF(paces.pace, 0) AS usual_gap,
    paces.basket_minor,
    paces.prior_visits,
    paces.prior_baskets,
    paces.leaving_odds,
    paces.revival_ratio,
    paces.size_prior_visits,
    paces.size_floor
  FROM snap_score_histories AS histories
  INNER JOIN snap_score_paces AS paces
    ON histories.cut_on = paces.cut_on AND histories.snapshot_date = paces.snapshot_date
  INNER JOIN snap_customer_decays AS decays
    ON histories.customer_key = decays.customer_key
    AND histories.cut_on = decays.cut_on
    AND histories.snapshot_date = decays.snapshot_date
  WHERE
    histories.snapshot_date >= :first_date AND histories.snapshot_date <= :last_date
), weighed AS (
  SELECT
    *,
    prior_visits + GREATEST(w_all - faded, 0) AS believed_visits,
    2 * prior_visits * usual_gap + mean_life * (
      1 - faded
    ) AS exposure_days,
    EXP(-(
      n - 1 + prior_visits
    ) * LN(1 + r / NULLIF(t - r + usual_gap, 0))) AS silence
  FROM measured
), alive AS (
  SELECT
    *,
    silence / NULLIF(silence + leaving_odds * (
      1 + 1 / NULLIF(n, 0)
    ) * (
      1 - silence
    ), 0) AS active
  FROM weighed
), expected AS (
  SELECT
    *,
    believed_visits / NULLIF(exposure_days, 0) * (
      active + revival_ratio * (
        1 - active
      )
    ) AS daily_visits
  FROM alive
), final AS (
  SELECT
    customer_key,
    horizons_back,
    later_visit_count,
    later_profit_minor,
    CAST(active AS DOUBLE) AS active_ratio,
    CAST(daily_visits * :horizon_days AS DOUBLE) AS expected_visits,
    CAST(daily_visits * :long_horizon_days AS DOUBLE) AS expected_year_visits,
    CAST(1 - POWER(
      believed_visits / NULLIF(believed_visits + daily_visits * :horizon_days, 0),
      believed_visits
    ) AS DOUBLE) AS return_ratio,
    CAST((
      m + prior_baskets * basket_minor
    ) / NULLIF(n + prior_baskets, 0) AS DOUBLE) AS visit_value,
    CAST(CASE
      WHEN basket_minor > 0
      THEN LN(
        GREATEST(
          (
            m / NULLIF(basket_minor, 0) + size_prior_visits
          ) / NULLIF(n + size_prior_visits, 0),
          size_floor
        )
      )
      ELSE 0
    END AS DOUBLE) AS log_visit_size,
    cut_on,
    snapshot_date
  FROM expected
)
SELECT
  *
FROM final
