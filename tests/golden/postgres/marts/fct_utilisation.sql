-- include/sql/marts/fct_utilisation.sql, as postgres reads it; python -m regulars docs
WITH worked AS (
  SELECT
    store_id,
    daypart,
    business_date,
    MIN(currency_code) AS currency_code,
    CAST(COUNT(*) AS BIGINT) AS order_count,
    CAST(SUM(service_minutes_milli) AS BIGINT) AS used_minutes_milli
  FROM fct_orders
  WHERE
    is_paid AND business_date >= :first_date AND business_date <= :last_date
  GROUP BY
    store_id,
    daypart,
    business_date
), opened AS (
  SELECT
    store_id,
    business_date,
    MIN(currency_code) AS currency_code
  FROM worked
  GROUP BY
    store_id,
    business_date
), manned AS (
  SELECT
    opened.store_id,
    capacity.daypart,
    opened.business_date,
    opened.currency_code,
    capacity.capacity_milli,
    capacity.busy_milli
  FROM opened
  INNER JOIN ref_service_capacity AS capacity
    ON opened.store_id = capacity.store_id
    AND opened.business_date >= capacity.valid_from
    AND opened.business_date <= capacity.valid_to
), costs AS (
  SELECT
    store_id,
    business_date,
    MAX(minute_cost_micro) AS minute_cost_micro
  FROM int_service_rates
  WHERE
    business_date >= :first_date AND business_date <= :last_date
  GROUP BY
    store_id,
    business_date
), placed AS (
  SELECT
    COALESCE(worked.store_id, manned.store_id) AS store_id,
    COALESCE(worked.daypart, manned.daypart) AS daypart,
    COALESCE(worked.business_date, manned.business_date) AS business_date,
    COALESCE(worked.currency_code, manned.currency_code) AS currency_code,
    COALESCE(worked.order_count, 0) AS order_count,
    COALESCE(worked.used_minutes_milli, 0) AS used_minutes_milli,
    manned.capacity_milli AS capacity_minutes_milli,
    manned.busy_milli
  FROM worked
  FULL OUTER JOIN manned
    ON worked.store_id = manned.store_id
    AND worked.daypart = manned.daypart
    AND worked.business_date = manned.business_date
), final AS (
  SELECT
    placed.store_id,
    daypart,
    order_count,
    used_minutes_milli,
    capacity_minutes_milli,
    CAST(CAST(used_minutes_milli AS DOUBLE PRECISION) / NULLIF(capacity_minutes_milli, 0) AS DOUBLE PRECISION) AS utilisation_ratio,
    COALESCE(used_minutes_milli >= busy_milli, FALSE) AS is_busy,
    GREATEST(COALESCE(capacity_minutes_milli, 0) - used_minutes_milli, 0) AS unused_minutes_milli,
    CAST(CAST(DIV(
      (
        GREATEST(COALESCE(capacity_minutes_milli, 0) - used_minutes_milli, 0) * COALESCE(costs.minute_cost_micro, 0) + 500000000
      ),
      1000000000
    ) AS BIGINT) AS BIGINT) AS unused_cost_minor,
    currency_code,
    placed.business_date
  FROM placed
  LEFT JOIN costs
    ON placed.store_id = costs.store_id AND placed.business_date = costs.business_date
)
SELECT
  *
FROM final
