-- include/sql/snapshots/snap_customer_moods.sql, as spark reads it; python -m regulars docs
WITH told AS (
  SELECT
    features.customer_key,
    features.snapshot_date,
    COUNT(feedbacks.satisfaction_milli) AS rating_count,
    SUM(feedbacks.satisfaction_milli) AS rating_sum_milli,
    COUNT(*) FILTER(WHERE
      feedbacks.is_complaint) AS complaint_count
  FROM snap_customer_features AS features
  INNER JOIN int_feedbacks AS feedbacks
    ON features.customer_key = feedbacks.customer_key
    AND feedbacks.business_date <= features.snapshot_date
    AND DATEDIFF(DAY, feedbacks.business_date, features.snapshot_date) < :curve_days
  WHERE
    features.snapshot_date >= :first_date AND features.snapshot_date <= :last_date
  GROUP BY
    features.customer_key,
    features.snapshot_date
), rated AS (
  SELECT
    features.customer_key,
    CAST(COALESCE(told.rating_count, 0) AS BIGINT) AS rating_count,
    CAST(FLOOR(CAST(told.rating_sum_milli AS DOUBLE) / NULLIF(told.rating_count, 0)) AS BIGINT) AS satisfaction_milli,
    CAST(COALESCE(told.complaint_count, 0) AS BIGINT) AS complaint_count,
    LEAST(
      COALESCE(
        CAST(sums.curve_refunded_order_count AS DOUBLE) / NULLIF(sums.curve_order_count, 0),
        0
      ),
      1
    ) AS refund_ratio,
    features.snapshot_date
  FROM snap_customer_features AS features
  LEFT JOIN told
    ON features.customer_key = told.customer_key
    AND features.snapshot_date = told.snapshot_date
  LEFT JOIN snap_customer_sums AS sums
    ON features.customer_key = sums.customer_key
    AND features.snapshot_date = sums.snapshot_date
  WHERE
    features.snapshot_date >= :first_date AND features.snapshot_date <= :last_date
), final AS (
  SELECT
    customer_key,
    rated.rating_count,
    satisfaction_milli,
    complaint_count,
    refund_ratio,
    CASE
      WHEN curves.is_curve_used
      THEN CAST(FLOOR(
        (
          LEAST(satisfaction_milli - 1000 * low_threshold, 0) * low_slope + GREATEST(satisfaction_milli - 1000 * high_threshold, 0) * high_slope
        ) * 1000
      ) AS BIGINT)
      ELSE satisfaction_milli
    END AS satisfaction_worth,
    rated.snapshot_date
  FROM rated
  LEFT JOIN ops_satisfaction_curves AS curves
    ON rated.snapshot_date = curves.snapshot_date AND curves.curve_kind = 'all'
)
SELECT
  *
FROM final
