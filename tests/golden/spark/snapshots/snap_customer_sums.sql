-- include/sql/snapshots/snap_customer_sums.sql, as spark reads it; python -m regulars docs
WITH dates AS (
  SELECT
    snapshot_date
  FROM ref_snapshot_dates
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), days AS (
  SELECT
    *,
    CASE
      WHEN visit_count > 0
      THEN CAST(DATEDIFF(
        DAY,
        LAG(business_date) OVER (PARTITION BY customer_key, visit_count > 0 ORDER BY business_date NULLS LAST),
        business_date
      ) AS BIGINT)
    END AS gap_days,
    CASE WHEN visit_count > 0 THEN true_profit_minor ELSE 0 END AS visit_profit_minor
  FROM fct_customer_days
  WHERE
    currency_code = :group_currency
), aged AS (
  SELECT
    days.*,
    dates.snapshot_date,
    DATEDIFF(DAY, days.business_date, dates.snapshot_date) < :tier_days AS is_recent
  FROM days
  INNER JOIN dates
    ON days.business_date <= dates.snapshot_date
    AND DATEDIFF(DAY, days.business_date, dates.snapshot_date) < :curve_days
), final AS (
  SELECT
    customer_key,
    CAST(SUM(order_count) AS BIGINT) AS curve_order_count,
    CAST(SUM(discounted_order_count) AS BIGINT) AS curve_discounted_order_count,
    CAST(COALESCE(SUM(refunded_order_count), 0) AS BIGINT) AS curve_refunded_order_count,
    CAST(SUM(dine_in_order_count) AS BIGINT) AS curve_dine_in_order_count,
    CAST(SUM(takeaway_order_count) AS BIGINT) AS curve_takeaway_order_count,
    CAST(SUM(platform_order_count) AS BIGINT) AS curve_platform_order_count,
    CAST(SUM(catering_order_count) AS BIGINT) AS curve_catering_order_count,
    CAST(SUM(lunch_order_count) AS BIGINT) AS curve_lunch_order_count,
    CAST(SUM(dinner_order_count) AS BIGINT) AS curve_dinner_order_count,
    CAST(SUM(late_order_count) AS BIGINT) AS curve_late_order_count,
    CAST(SUM(party_count) AS BIGINT) AS curve_party_count,
    CAST(SUM(covers) AS BIGINT) AS curve_covers,
    CAST(SUM(service_minutes_milli) AS BIGINT) AS curve_service_minutes_milli,
    CAST(SUM(contact_count) AS BIGINT) AS curve_contact_count,
    CAST(SUM(used_offer_count) AS BIGINT) AS curve_used_offer_count,
    CAST(SUM(refund_minor) AS BIGINT) AS curve_refund_minor,
    CAST(SUM(net_sales_minor) AS BIGINT) AS curve_net_sales_minor,
    CAST(COUNT(gap_days) AS BIGINT) AS gap_count,
    CAST(COALESCE(SUM(gap_days), 0) AS BIGINT) AS gap_days,
    CAST(COALESCE(SUM(gap_days * gap_days), 0) AS BIGINT) AS gap_days_square,
    CAST(COALESCE(SUM(visit_profit_minor) FILTER(WHERE
      is_recent), 0) AS BIGINT) AS tier_visit_profit_minor,
    CAST(COALESCE(SUM(visit_profit_minor * visit_profit_minor) FILTER(WHERE
      is_recent), 0) AS BIGINT) AS tier_visit_profit_square,
    CAST(COALESCE(
      MAX(COALESCE(largest_order_profit_minor, visit_profit_minor)) FILTER(WHERE
        is_recent AND visit_count > 0),
      0
    ) AS BIGINT) AS tier_largest_order_minor,
    snapshot_date
  FROM aged
  GROUP BY
    customer_key,
    snapshot_date
)
SELECT
  *
FROM final
