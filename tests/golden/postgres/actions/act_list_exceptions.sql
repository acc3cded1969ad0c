-- include/sql/actions/act_list_exceptions.sql, as postgres reads it; python -m regulars docs
WITH weekdays AS (
  SELECT DISTINCT
    business_date
  FROM ops_action_memory
  WHERE
    business_date < :business_date
    AND (
      CAST(:business_date AS DATE) - CAST(business_date AS DATE)
    ) <= :size_weeks_days
    AND (
      CAST(:business_date AS DATE) - CAST(business_date AS DATE)
    ) % 7 = 0
), emitted AS (
  SELECT
    COUNT(*) AS day_count
  FROM weekdays
), earlier AS (
  SELECT
    memory.list_name,
    COUNT(*) AS customer_count
  FROM ops_action_memory AS memory
  INNER JOIN weekdays
    ON memory.business_date = weekdays.business_date
  WHERE
    NOT memory.is_held_out
  GROUP BY
    memory.list_name
), today AS (
  SELECT
    list_name,
    COUNT(*) AS customer_count
  FROM act_choices
  GROUP BY
    list_name
), compared AS (
  SELECT
    COALESCE(today.list_name, earlier.list_name) AS list_name,
    COALESCE(today.customer_count, 0) AS today_count,
    CAST(COALESCE(earlier.customer_count, 0) AS DOUBLE PRECISION) / NULLIF(emitted.day_count, 0) AS usual_count
  FROM today
  FULL OUTER JOIN earlier
    ON today.list_name = earlier.list_name
  CROSS JOIN emitted
  WHERE
    emitted.day_count >= 2
), final AS (
  SELECT
    'list_size' AS exception_code,
    list_name,
    CAST(CAST(today_count AS DOUBLE PRECISION) / NULLIF(usual_count, 0) - 1 AS DOUBLE PRECISION) AS measured_ratio,
    CAST(:list_size_share AS DOUBLE PRECISION) AS limit_ratio
  FROM compared
  WHERE
    GREATEST(today_count, usual_count) >= :min_list_size
    AND ABS(today_count - usual_count) > CAST(:list_size_share AS DOUBLE PRECISION) * usual_count
)
SELECT
  *
FROM final
