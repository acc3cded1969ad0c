-- include/sql/actions/act_point_flags.sql, as postgres reads it; python -m regulars docs
WITH events AS (
  SELECT
    COALESCE(people.customer_key, told.customer_key) AS customer_key,
    told.event_id,
    told.event_kind,
    told.order_key,
    told.points_milli,
    told.business_date
  FROM stg_loyalty_events AS told
  LEFT JOIN ops_identity_map AS people
    ON told.customer_key = people.node_key
  WHERE
    told.business_date <= :business_date
    AND NOT told.customer_key IS NULL
    AND told.event_kind IN ('earned', 'corrected')
), recent AS (
  SELECT DISTINCT
    order_key
  FROM events
  WHERE
    NOT order_key IS NULL
    AND (
      CAST(:business_date AS DATE) - CAST(business_date AS DATE)
    ) < :fraud_days
), receipts AS (
  SELECT
    events.order_key,
    COUNT(*) FILTER(WHERE
      event_kind = 'earned') AS earned_count,
    SUM(points_milli) AS points_milli
  FROM events
  INNER JOIN recent
    ON events.order_key = recent.order_key
  GROUP BY
    events.order_key
), receipts_judged AS (
  SELECT
    receipts.order_key,
    receipts.earned_count,
    receipts.earned_count > 1 AND receipts.points_milli > 0 AS is_reused,
    fct_orders.status IN ('voided', 'cancelled') AND receipts.points_milli > 0 AS is_cancelled
  FROM receipts
  LEFT JOIN fct_orders
    ON receipts.order_key = fct_orders.order_key
), flagged AS (
  SELECT
    'reused_receipt' AS exception_code,
    events.customer_key,
    receipts.order_key
  FROM receipts_judged AS receipts
  INNER JOIN events
    ON receipts.order_key = events.order_key
  WHERE
    receipts.is_reused
  UNION
  SELECT
    'cancelled_points',
    events.customer_key,
    receipts.order_key
  FROM receipts_judged AS receipts
  INNER JOIN events
    ON receipts.order_key = events.order_key
  WHERE
    receipts.is_cancelled
  UNION
  SELECT
    'staff_points',
    events.customer_key,
    events.event_id
  FROM events
  INNER JOIN int_customers
    ON events.customer_key = int_customers.customer_key
  WHERE
    int_customers.is_staff
    AND events.event_kind = 'earned'
    AND events.points_milli > 0
    AND (
      CAST(:business_date AS DATE) - CAST(events.business_date AS DATE)
    ) < :fraud_days
), final AS (
  SELECT
    exception_code,
    customer_key,
    CAST(COUNT(*) AS DOUBLE PRECISION) AS measured_ratio,
    CAST(0 AS DOUBLE PRECISION) AS limit_ratio
  FROM flagged
  GROUP BY
    exception_code,
    customer_key
)
SELECT
  *
FROM final
