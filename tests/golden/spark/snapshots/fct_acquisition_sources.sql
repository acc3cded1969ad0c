-- include/sql/snapshots/fct_acquisition_sources.sql, as spark reads it; python -m regulars docs
WITH dates AS (
  SELECT
    snapshot_date
  FROM ref_snapshot_dates
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), starts AS (
  SELECT
    customer_key,
    currency_code,
    MIN(business_date) FILTER(WHERE
      visit_count > 0) AS won_on
  FROM fct_customer_days
  GROUP BY
    customer_key,
    currency_code
), spent AS (
  SELECT
    days.customer_key,
    days.currency_code,
    dates.snapshot_date,
    days.visit_count,
    COALESCE(known.acquisition_source, 'unknown') AS acquisition_source,
    starts.won_on IS NULL OR days.business_date <= starts.won_on AS is_winning,
    days.business_date = starts.won_on AS is_first,
    days.acquisition_cost_minor,
    days.discount_minor + days.comp_minor + days.incentive_cost_minor + days.contact_cost_minor AS given_minor,
    DATEDIFF(
      DAY,
      MIN(days.business_date) OVER (PARTITION BY days.currency_code, dates.snapshot_date),
      dates.snapshot_date
    ) + 1 AS data_days
  FROM fct_customer_days AS days
  INNER JOIN dates
    ON days.business_date <= dates.snapshot_date
    AND DATEDIFF(DAY, days.business_date, dates.snapshot_date) < :curve_days
  INNER JOIN starts
    ON days.customer_key = starts.customer_key
    AND days.currency_code = starts.currency_code
  LEFT JOIN int_customers AS known
    ON days.customer_key = known.customer_key
), summed AS (
  SELECT
    acquisition_source,
    currency_code,
    snapshot_date,
    MAX(data_days) AS data_days,
    COUNT(*) FILTER(WHERE
      is_first) AS new_count,
    SUM(acquisition_cost_minor) AS booked_minor,
    SUM(acquisition_cost_minor + CASE WHEN is_winning THEN given_minor ELSE 0 END) AS winning_minor,
    COUNT(DISTINCT CASE WHEN NOT is_winning AND visit_count > 0 THEN customer_key END) AS kept_count,
    SUM(CASE WHEN is_winning THEN 0 ELSE given_minor END) AS keeping_minor
  FROM spent
  GROUP BY
    acquisition_source,
    currency_code,
    snapshot_date
), averaged AS (
  SELECT
    *,
    data_days >= :own_data_days
    AND new_count > 0
    AND kept_count > 0
    AND keeping_minor > 0
    AND (
      SUM(booked_minor) OVER (PARTITION BY currency_code, snapshot_date)
    ) > 0 AS is_measured,
    CAST(winning_minor AS DOUBLE) / NULLIF(new_count, 0) AS winning_cost,
    CAST(keeping_minor AS DOUBLE) / NULLIF(kept_count, 0) AS keeping_cost
  FROM summed
), final AS (
  SELECT
    acquisition_source,
    currency_code,
    CAST(new_count AS BIGINT) AS new_customer_count,
    CAST(winning_minor AS BIGINT) AS winning_cost_minor,
    CAST(FLOOR(winning_cost) AS BIGINT) AS winning_per_customer_minor,
    CAST(kept_count AS BIGINT) AS kept_customer_count,
    CAST(keeping_minor AS BIGINT) AS keeping_cost_minor,
    CAST(FLOOR(keeping_cost) AS BIGINT) AS keeping_per_customer_minor,
    CAST(CASE
      WHEN is_measured
      THEN winning_cost / NULLIF(keeping_cost, 0)
      ELSE :prior_cost_multiple
    END AS DOUBLE) AS cost_multiple,
    is_measured,
    CAST(data_days AS BIGINT) AS data_day_count,
    snapshot_date
  FROM averaged
)
SELECT
  *
FROM final
