-- include/sql/snapshots/snap_customer_features.sql, as spark reads it; python -m regulars docs
WITH dates AS (
  SELECT
    snapshot_date
  FROM ref_snapshot_dates
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), aged AS (
  SELECT
    days.*,
    dates.snapshot_date,
    CAST(DATEDIFF(DAY, days.business_date, dates.snapshot_date) + 1 AS BIGINT) AS age_days
  FROM fct_customer_days AS days
  INNER JOIN dates
    ON days.business_date <= dates.snapshot_date
  LEFT JOIN int_customers
    ON days.customer_key = int_customers.customer_key
  WHERE
    days.currency_code = :group_currency
    AND NOT COALESCE(int_customers.is_profiling_opt_out, FALSE)
), visited AS (
  SELECT
    *,
    CASE WHEN visit_count > 0 THEN age_days END AS visit_age_days
  FROM aged
), final AS (
  SELECT
    customer_key,
    CAST(SUM(visit_count) AS BIGINT) AS visit_count,
    MAX(visit_age_days) AS age_days,
    MIN(visit_age_days) AS silent_days,
    CAST(SUM(true_profit_minor) AS BIGINT) AS profit_minor,
    CAST(COALESCE(SUM(visit_count) FILTER(WHERE
      age_days <= :tier_days), 0) AS BIGINT) AS tier_visit_count,
    CAST(COALESCE(SUM(true_profit_minor) FILTER(WHERE
      age_days <= :tier_days), 0) AS BIGINT) AS tier_profit_minor,
    CAST(COALESCE(SUM(net_sales_minor) FILTER(WHERE
      age_days <= :tier_days), 0) AS BIGINT) AS tier_net_sales_minor,
    CAST(COALESCE(MAX(true_profit_minor) FILTER(WHERE
      age_days <= :tier_days), 0) AS BIGINT) AS largest_profit_minor,
    CAST(COALESCE(SUM(visit_count) FILTER(WHERE
      age_days <= :curve_days), 0) AS BIGINT) AS curve_visit_count,
    CAST(COALESCE(SUM(true_profit_minor) FILTER(WHERE
      age_days <= :curve_days), 0) AS BIGINT) AS curve_profit_minor,
    CAST(COALESCE(SUM(cm2_minor) FILTER(WHERE
      age_days <= :curve_days), 0) AS BIGINT) AS curve_cm2_minor,
    CAST(COALESCE(SUM(cm3_minor) FILTER(WHERE
      age_days <= :curve_days), 0) AS BIGINT) AS curve_cm3_minor,
    CAST(COALESCE(
      SUM(true_profit_minor * true_profit_minor) FILTER(WHERE
        age_days <= :curve_days AND visit_count > 0),
      0
    ) AS BIGINT) AS curve_profit_square,
    CAST(MAX(CASE WHEN visit_age_days <= 30 THEN 1 ELSE 0 END) + MAX(CASE WHEN visit_age_days > 30 AND visit_age_days <= 60 THEN 1 ELSE 0 END) + MAX(CASE WHEN visit_age_days > 60 AND visit_age_days <= 90 THEN 1 ELSE 0 END) + MAX(CASE WHEN visit_age_days > 90 AND visit_age_days <= 120 THEN 1 ELSE 0 END) + MAX(CASE WHEN visit_age_days > 120 AND visit_age_days <= 150 THEN 1 ELSE 0 END) + MAX(CASE WHEN visit_age_days > 150 AND visit_age_days <= 180 THEN 1 ELSE 0 END) AS BIGINT) AS active_month_count,
    CAST(SUM(order_count) AS BIGINT) AS order_count,
    CAST(SUM(discounted_order_count) AS BIGINT) AS discounted_order_count,
    CAST(SUM(platform_order_count) AS BIGINT) AS platform_order_count,
    CAST(SUM(catering_order_count) AS BIGINT) AS catering_order_count,
    CAST(SUM(weekday_lunch_order_count) AS BIGINT) AS weekday_lunch_order_count,
    CAST(SUM(account_order_count) AS BIGINT) AS account_order_count,
    CAST(SUM(busy_order_count) AS BIGINT) AS busy_order_count,
    CAST(SUM(party_count) AS BIGINT) AS party_count,
    CAST(SUM(covers) AS BIGINT) AS covers,
    MAX(CAST(business_date AS STRING) || '|' || store_id) FILTER(WHERE
      visit_count > 0) AS last_visit_store,
    snapshot_date
  FROM visited
  GROUP BY
    customer_key,
    snapshot_date
  HAVING
    SUM(visited.visit_count) > 0
)
SELECT
  *
FROM final
