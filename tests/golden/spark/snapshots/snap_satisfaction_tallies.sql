-- include/sql/snapshots/snap_satisfaction_tallies.sql, as spark reads it; python -m regulars docs
WITH rated AS (
  SELECT
    feedbacks.customer_key,
    feedbacks.store_id,
    feedbacks.feedback_id,
    feedbacks.satisfaction_milli,
    feedbacks.business_date,
    MAX(CASE WHEN days.visit_count > 0 THEN 1 ELSE 0 END) AS has_returned
  FROM int_feedbacks AS feedbacks
  LEFT JOIN fct_customer_days AS days
    ON feedbacks.customer_key = days.customer_key
    AND days.business_date > feedbacks.business_date
    AND DATEDIFF(DAY, feedbacks.business_date, days.business_date) <= :return_days
  WHERE
    NOT feedbacks.satisfaction_milli IS NULL
  GROUP BY
    feedbacks.customer_key,
    feedbacks.store_id,
    feedbacks.feedback_id,
    feedbacks.satisfaction_milli,
    feedbacks.business_date
), final AS (
  SELECT
    kinds.customer_kind,
    rated.satisfaction_milli,
    SUBSTRING(MD5(rated.customer_key), 1, 1) AS fold_code,
    CAST(COUNT(*) AS BIGINT) AS rating_count,
    CAST(SUM(rated.has_returned) AS BIGINT) AS return_count,
    kinds.snapshot_date
  FROM int_customer_kinds AS kinds
  INNER JOIN rated
    ON kinds.customer_key = rated.customer_key
    AND DATEDIFF(DAY, rated.business_date, kinds.snapshot_date) >= :return_days
  WHERE
    kinds.snapshot_date >= :first_date AND kinds.snapshot_date <= :last_date
  GROUP BY
    kinds.customer_kind,
    rated.satisfaction_milli,
    SUBSTRING(MD5(rated.customer_key), 1, 1),
    kinds.snapshot_date
)
SELECT
  *
FROM final
