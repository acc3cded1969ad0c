-- include/sql/intermediate/int_order_services.sql, as postgres reads it; python -m regulars docs
WITH counted AS (
  SELECT
    int_orders.order_key,
    int_orders.store_id,
    int_orders.channel,
    int_orders.business_date,
    amounts.line_count,
    CASE WHEN int_orders.channel = 'dine_in' THEN int_orders.covers ELSE 0 END AS seated_count,
    CASE
      WHEN int_orders.channel = 'dine_in'
      THEN COALESCE(
        (
          CAST(int_orders.closed_local_at AS DATE) - CAST(int_orders.opened_local_at AS DATE)
        ) * 1440 + (
          EXTRACT(HOUR FROM int_orders.closed_local_at) - EXTRACT(HOUR FROM int_orders.opened_local_at)
        ) * 60 + EXTRACT(MINUTE FROM int_orders.closed_local_at) - EXTRACT(MINUTE FROM int_orders.opened_local_at),
        0
      )
      ELSE 0
    END AS stay_minutes
  FROM int_orders
  INNER JOIN int_order_amounts AS amounts
    ON int_orders.order_key = amounts.order_key
  WHERE
    int_orders.is_paid
    AND int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
), timed AS (
  SELECT
    counted.order_key,
    rates.order_milli + rates.cover_milli * seated_count + rates.line_milli * line_count + rates.table_milli * CASE WHEN stay_minutes > 0 AND stay_minutes < 1440 THEN stay_minutes ELSE 0 END AS service_minutes_milli,
    rates.minute_cost_micro,
    counted.business_date
  FROM counted
  INNER JOIN int_service_rates AS rates
    ON counted.store_id = rates.store_id
    AND counted.channel = rates.channel
    AND counted.business_date = rates.business_date
), final AS (
  SELECT
    order_key,
    CAST(service_minutes_milli AS BIGINT) AS service_minutes_milli,
    CAST(CAST(DIV((
      service_minutes_milli * minute_cost_micro + 500000000
    ), 1000000000) AS BIGINT) AS BIGINT) AS service_cost_minor,
    business_date
  FROM timed
)
SELECT
  *
FROM final
