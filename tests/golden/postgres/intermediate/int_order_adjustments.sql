-- include/sql/intermediate/int_order_adjustments.sql, as postgres reads it; python -m regulars docs
WITH matched AS (
  SELECT
    int_orders.order_key,
    COALESCE(stg_adjustments.line_no, 0) AS line_no,
    stg_adjustments.adjustment_type,
    stg_adjustments.funded_by,
    stg_adjustments.amount_minor,
    int_orders.business_date
  FROM int_orders
  INNER JOIN stg_adjustments
    ON int_orders.store_id = stg_adjustments.store_id
    AND int_orders.order_id = stg_adjustments.order_id
  WHERE
    int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
), sorted AS (
  SELECT
    *,
    funded_by = 'merchant' AS is_ours,
    adjustment_type IN ('discount', 'coupon', 'merchant_promo', 'platform_promo', 'loyalty_redemption') AS is_discount
  FROM matched
), summed AS (
  SELECT
    order_key,
    line_no,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      is_ours AND is_discount), 0) AS BIGINT) AS merchant_discount_minor,
    CAST(COALESCE(
      SUM(amount_minor) FILTER(WHERE
        NOT is_ours AND (
          is_discount OR adjustment_type = 'comp'
        )),
      0
    ) AS BIGINT) AS funded_discount_minor,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      is_ours AND adjustment_type = 'comp'), 0) AS BIGINT) AS comp_minor,
    CAST(COALESCE(
      SUM(amount_minor) FILTER(WHERE
        is_ours AND adjustment_type IN ('refund', 'chargeback')),
      0
    ) AS BIGINT) AS refund_minor,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      is_ours AND adjustment_type = 'error_charge'), 0) AS BIGINT) AS error_charge_minor,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      is_ours AND adjustment_type = 'compensation'), 0) AS BIGINT) AS compensation_minor,
    CAST(COALESCE(
      SUM(amount_minor) FILTER(WHERE
        is_ours AND adjustment_type = 'loyalty_redemption'),
      0
    ) AS BIGINT) AS points_minor,
    business_date
  FROM sorted
  GROUP BY
    order_key,
    line_no,
    business_date
)
SELECT
  *
FROM summed
