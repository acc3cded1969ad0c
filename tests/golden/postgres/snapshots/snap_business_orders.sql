-- include/sql/snapshots/snap_business_orders.sql, as postgres reads it; python -m regulars docs
WITH known AS (
  SELECT
    customer_key,
    snapshot_date
  FROM int_customer_kinds
  WHERE
    customer_kind = 'business'
    AND snapshot_date >= :first_date
    AND snapshot_date <= :last_date
), ordered AS (
  SELECT
    known.customer_key,
    known.snapshot_date,
    COUNT(*) AS asked_count,
    COUNT(*) FILTER(WHERE
      fct_orders.status = 'cancelled') AS failed_count,
    COUNT(DISTINCT CASE WHEN fct_orders.is_paid THEN fct_orders.store_id END) AS store_count,
    COUNT(
      DISTINCT CASE
        WHEN fct_orders.is_paid
        THEN COALESCE(people.customer_key, stg_orders.customer_key, fct_orders.customer_key)
      END
    ) AS orderer_count
  FROM known
  INNER JOIN fct_orders
    ON known.customer_key = fct_orders.customer_key
    AND fct_orders.business_date <= known.snapshot_date
    AND (
      CAST(known.snapshot_date AS DATE) - CAST(fct_orders.business_date AS DATE)
    ) < :curve_days
  INNER JOIN stg_orders
    ON fct_orders.order_key = stg_orders.order_key
  LEFT JOIN ops_identity_map AS people
    ON stg_orders.customer_key = people.node_key
  GROUP BY
    known.customer_key,
    known.snapshot_date
), booked AS (
  SELECT
    known.customer_key,
    known.snapshot_date,
    SUM(int_bookings.reservation_count) AS asked_count,
    SUM(int_bookings.failed_count) AS failed_count
  FROM known
  INNER JOIN int_bookings
    ON known.customer_key = int_bookings.customer_key
    AND int_bookings.business_date <= known.snapshot_date
    AND (
      CAST(known.snapshot_date AS DATE) - CAST(int_bookings.business_date AS DATE)
    ) < :curve_days
  GROUP BY
    known.customer_key,
    known.snapshot_date
), final AS (
  SELECT
    COALESCE(ordered.customer_key, booked.customer_key) AS customer_key,
    CAST(COALESCE(ordered.asked_count, 0) + COALESCE(booked.asked_count, 0) AS BIGINT) AS asked_count,
    CAST(COALESCE(ordered.failed_count, 0) + COALESCE(booked.failed_count, 0) AS BIGINT) AS failed_count,
    CAST(COALESCE(ordered.store_count, 0) AS BIGINT) AS store_count,
    CAST(COALESCE(ordered.orderer_count, 0) AS BIGINT) AS orderer_count,
    COALESCE(ordered.snapshot_date, booked.snapshot_date) AS snapshot_date
  FROM ordered
  FULL OUTER JOIN booked
    ON ordered.customer_key = booked.customer_key
    AND ordered.snapshot_date = booked.snapshot_date
)
SELECT
  *
FROM final
