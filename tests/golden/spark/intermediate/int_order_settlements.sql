-- include/sql/intermediate/int_order_settlements.sql, as spark reads it; python -m regulars docs
WITH billed AS (
  SELECT
    int_orders.order_key,
    settled.fee_type,
    settled.amount_minor,
    int_orders.business_date
  FROM int_orders
  INNER JOIN int_settlement_orders AS settled
    ON int_orders.order_key = settled.order_key
  WHERE
    int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
), summed AS (
  SELECT
    order_key,
    CAST(SUM(amount_minor) FILTER(WHERE
      fee_type IN ('commission', 'delivery', 'processing', 'insurance', 'adjustment', 'marketing')) AS BIGINT) AS fee_minor,
    CAST(SUM(amount_minor) FILTER(WHERE
      fee_type = 'merchant_promo') AS BIGINT) AS promo_minor,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      fee_type = 'error_charge'), 0) AS BIGINT) AS platform_error_minor,
    business_date
  FROM billed
  GROUP BY
    order_key,
    business_date
), final AS (
  SELECT
    order_key,
    COALESCE(fee_minor, 0) AS platform_fee_minor,
    COALESCE(promo_minor, 0) AS platform_promo_minor,
    platform_error_minor,
    NOT fee_minor IS NULL OR NOT promo_minor IS NULL AS is_settled,
    business_date
  FROM summed
)
SELECT
  *
FROM final
