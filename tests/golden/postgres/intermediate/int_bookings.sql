-- include/sql/intermediate/int_bookings.sql, as postgres reads it; python -m regulars docs
WITH booked AS (
  SELECT
    COALESCE(
      int_account_customers.customer_key,
      ops_identity_map.customer_key,
      stg_reservations.customer_key
    ) AS customer_key,
    stg_reservations.business_date,
    CASE
      WHEN NOT stg_reservations.booked_local_at IS NULL
      THEN GREATEST(
        (
          CAST(stg_reservations.business_date AS DATE) - CAST(stg_reservations.booked_local_at AS DATE)
        ),
        0
      )
    END AS lead_days,
    CASE WHEN stg_reservations.order_id IS NULL THEN stg_reservations.party_size END AS party_size,
    CASE
      WHEN stg_reservations.reservation_status IN ('cancelled', 'no_show')
      THEN 1
      ELSE 0
    END AS is_failed,
    stg_reservations.reservation_status = 'cancelled' AS is_cancelled
  FROM stg_reservations
  LEFT JOIN int_account_customers
    ON stg_reservations.account_id = int_account_customers.account_id
  LEFT JOIN ops_identity_map
    ON stg_reservations.customer_key = ops_identity_map.node_key
), final AS (
  SELECT
    customer_key,
    CAST(COUNT(lead_days) FILTER(WHERE
      NOT is_cancelled) AS BIGINT) AS booking_count,
    CAST(COALESCE(SUM(lead_days) FILTER(WHERE
      NOT is_cancelled), 0) AS BIGINT) AS lead_days,
    CAST(COUNT(party_size) FILTER(WHERE
      NOT is_cancelled) AS BIGINT) AS party_count,
    CAST(COALESCE(SUM(party_size) FILTER(WHERE
      NOT is_cancelled), 0) AS BIGINT) AS covers,
    CAST(COUNT(*) AS BIGINT) AS reservation_count,
    CAST(SUM(is_failed) AS BIGINT) AS failed_count,
    business_date
  FROM booked
  WHERE
    NOT customer_key IS NULL
  GROUP BY
    customer_key,
    business_date
)
SELECT
  *
FROM final
