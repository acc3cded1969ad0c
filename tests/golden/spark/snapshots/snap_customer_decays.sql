-- include/sql/snapshots/snap_customer_decays.sql, as spark reads it; python -m regulars docs
WITH aged AS (
  SELECT
    days.customer_key,
    paces.half_life_days,
    CAST(DATEDIFF(DAY, days.business_date, paces.cut_on) + 1 AS DOUBLE) AS age_days,
    paces.cut_on,
    paces.snapshot_date
  FROM fct_customer_days AS days
  INNER JOIN snap_score_paces AS paces
    ON days.business_date <= paces.cut_on
  WHERE
    paces.snapshot_date >= :first_date
    AND paces.snapshot_date <= :last_date
    AND days.currency_code = :group_currency
    AND days.visit_count > 0
), final AS (
  SELECT
    customer_key,
    CAST(SUM(
      CAST(FLOOR(POWER(CAST(0.5 AS DOUBLE), age_days / NULLIF(half_life_days, 0)) * 1000000000) AS BIGINT)
    ) AS BIGINT) AS decayed_visit_nano,
    cut_on,
    snapshot_date
  FROM aged
  GROUP BY
    customer_key,
    cut_on,
    snapshot_date
)
SELECT
  *
FROM final
