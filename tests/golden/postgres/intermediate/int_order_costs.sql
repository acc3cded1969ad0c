-- include/sql/intermediate/int_order_costs.sql, as postgres reads it; python -m regulars docs
WITH packing AS (
  SELECT
    store_id,
    channel,
    platform,
    business_date,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      basis = 'per_order'), 0) AS BIGINT) AS order_minor,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      basis = 'per_line'), 0) AS BIGINT) AS line_minor
  FROM int_order_rules
  WHERE
    component = 'packaging'
    AND business_date >= :first_date
    AND business_date <= :last_date
  GROUP BY
    store_id,
    channel,
    platform,
    business_date
), gathered AS (
  SELECT
    int_orders.*,
    amounts.line_count,
    amounts.gross_minor,
    amounts.discount_minor,
    amounts.funded_discount_minor,
    amounts.comp_minor,
    amounts.refund_minor,
    amounts.liability_minor,
    amounts.food_cost_minor,
    amounts.missing_cost_count,
    CASE WHEN is_paid THEN fee_minor ELSE 0 END AS fee_income_minor,
    CASE
      WHEN is_paid
      THEN COALESCE(packing.order_minor, 0) + COALESCE(packing.line_minor, 0) * amounts.line_count
      ELSE 0
    END AS packaging_cost_minor,
    channels.channel_cost_minor,
    channels.channel_rule_minor,
    channels.settlement_gap_minor,
    channels.is_settled,
    payments.paid_minor,
    COALESCE(payments.payment_fee_minor, 0) AS payment_fee_minor,
    COALESCE(incentives.incentive_cost_minor, 0) AS incentive_cost_minor,
    COALESCE(services.service_minutes_milli, 0) AS service_minutes_milli,
    COALESCE(services.service_cost_minor, 0) AS service_cost_minor,
    amounts.remake_cost_minor,
    amounts.compensation_minor
  FROM int_orders
  INNER JOIN int_order_amounts AS amounts
    ON int_orders.order_key = amounts.order_key
  INNER JOIN int_order_channels AS channels
    ON int_orders.order_key = channels.order_key
  LEFT JOIN int_order_payments AS payments
    ON int_orders.order_key = payments.order_key
  LEFT JOIN int_order_incentives AS incentives
    ON int_orders.order_key = incentives.order_key
  LEFT JOIN int_order_services AS services
    ON int_orders.order_key = services.order_key
  LEFT JOIN packing
    ON int_orders.store_id = packing.store_id
    AND int_orders.channel = packing.channel
    AND int_orders.platform = packing.platform
    AND int_orders.business_date = packing.business_date
  WHERE
    int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
)
SELECT
  *
FROM gathered
