-- include/sql/intermediate/int_order_channels.sql, as postgres reads it; python -m regulars docs
WITH rates AS (
  SELECT
    store_id,
    channel,
    platform,
    business_date,
    rate_bps
  FROM int_order_rules
  WHERE
    component = 'commission'
    AND basis = 'rate'
    AND business_date >= :first_date
    AND business_date <= :last_date
), gathered AS (
  SELECT
    int_orders.order_key,
    int_orders.is_paid,
    int_orders.business_date,
    amounts.merchant_discount_minor,
    amounts.error_charge_minor,
    amounts.gross_minor - amounts.discount_minor - amounts.comp_minor - amounts.refund_minor + CASE WHEN int_orders.is_paid THEN int_orders.fee_minor ELSE 0 END AS net_sales_minor,
    COALESCE(rates.rate_bps, 0) AS rate_bps,
    COALESCE(settled.is_settled, FALSE) AS is_settled,
    COALESCE(settled.platform_fee_minor, 0) AS platform_fee_minor,
    COALESCE(settled.platform_promo_minor, 0) AS platform_promo_minor,
    COALESCE(settled.platform_error_minor, 0) AS platform_error_minor
  FROM int_orders
  INNER JOIN int_order_amounts AS amounts
    ON int_orders.order_key = amounts.order_key
  LEFT JOIN int_order_settlements AS settled
    ON int_orders.order_key = settled.order_key
  LEFT JOIN rates
    ON int_orders.store_id = rates.store_id
    AND int_orders.channel = rates.channel
    AND int_orders.platform = rates.platform
    AND int_orders.business_date = rates.business_date
  WHERE
    int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
), priced AS (
  SELECT
    *,
    CASE
      WHEN is_paid
      THEN CAST(CAST(DIV((
        GREATEST(net_sales_minor, 0) * rate_bps + 5000
      ), 10000) AS BIGINT) AS BIGINT)
      ELSE 0
    END AS channel_rule_minor,
    platform_fee_minor + GREATEST(platform_promo_minor - merchant_discount_minor, 0) AS channel_actual_minor
  FROM gathered
), final AS (
  SELECT
    order_key,
    is_settled,
    CAST(channel_rule_minor AS BIGINT) AS channel_rule_minor,
    CAST(CASE WHEN is_settled THEN channel_actual_minor - channel_rule_minor END AS BIGINT) AS settlement_gap_minor,
    GREATEST(error_charge_minor, platform_error_minor) + CASE WHEN is_settled THEN channel_actual_minor ELSE channel_rule_minor END AS channel_cost_minor,
    business_date
  FROM priced
)
SELECT
  *
FROM final
