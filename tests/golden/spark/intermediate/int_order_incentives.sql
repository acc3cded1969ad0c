-- include/sql/intermediate/int_order_incentives.sql, as spark reads it; python -m regulars docs
WITH earned AS (
  SELECT
    int_orders.order_key,
    CAST(SUM(stg_loyalty_events.points_milli) AS BIGINT) AS points_milli
  FROM int_orders
  INNER JOIN stg_loyalty_events
    ON int_orders.store_id = stg_loyalty_events.store_id
    AND int_orders.order_id = stg_loyalty_events.order_id
  WHERE
    stg_loyalty_events.event_kind IN ('earned', 'corrected')
    AND int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
  GROUP BY
    int_orders.order_key
), pointed AS (
  SELECT
    int_orders.order_key,
    int_orders.currency_code,
    int_orders.business_date,
    COALESCE(earned.points_milli, 0) AS points_milli,
    amounts.points_minor
  FROM int_orders
  INNER JOIN int_order_amounts AS amounts
    ON int_orders.order_key = amounts.order_key
  LEFT JOIN earned
    ON int_orders.order_key = earned.order_key
  WHERE
    int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
    AND (
      NOT earned.order_key IS NULL OR amounts.points_minor <> 0
    )
), final AS (
  SELECT
    pointed.order_key,
    CAST(CAST(SIGN(points_milli) AS BIGINT) * CAST((
      ABS(points_milli) * rates.unit_cost_micro + 500000000
    ) DIV 1000000000 AS BIGINT) - points_minor AS BIGINT) AS incentive_cost_minor,
    pointed.business_date
  FROM pointed
  INNER JOIN ref_charge_rates AS rates
    ON rates.charge_kind = 'points'
    AND pointed.currency_code = rates.currency_code
    AND pointed.business_date >= rates.valid_from
    AND pointed.business_date <= rates.valid_to
)
SELECT
  *
FROM final
