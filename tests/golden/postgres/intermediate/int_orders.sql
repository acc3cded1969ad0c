-- include/sql/intermediate/int_orders.sql, as postgres reads it; python -m regulars docs
WITH sold AS (
  SELECT
    *,
    CAST(EXTRACT(HOUR FROM closed_local_at) AS BIGINT) AS closing_hour
  FROM stg_orders
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), placed AS (
  SELECT
    sold.order_key,
    sold.order_id,
    sold.store_id,
    ref_stores.brand,
    sold.closed_at,
    sold.closed_local_at,
    sold.channel,
    COALESCE(sold.platform, '') AS platform,
    COALESCE(
      sold.daypart,
      CASE
        WHEN sold.closing_hour >= 5 AND sold.closing_hour < 11
        THEN 'breakfast'
        WHEN sold.closing_hour >= 11 AND sold.closing_hour < 15
        THEN 'lunch'
        WHEN sold.closing_hour >= 15 AND sold.closing_hour < 17
        THEN 'afternoon'
        WHEN sold.closing_hour >= 17 AND sold.closing_hour < 22
        THEN 'dinner'
        ELSE 'late'
      END
    ) AS daypart,
    COALESCE(sold.covers, 0) AS covers,
    sold.opened_local_at,
    customers.customer_key,
    sold.account_id,
    sold.external_order_id,
    sold.currency_code,
    sold.status,
    sold.status = 'paid' AS is_paid,
    COALESCE(sold.is_tax_included, FALSE) AS is_tax_included,
    CAST(COALESCE(sold.service_charge_minor, 0) + COALESCE(sold.delivery_fee_minor, 0) + COALESCE(sold.packaging_fee_minor, 0) AS BIGINT) AS fee_minor,
    COALESCE(sold.gross_minor, 0) AS stated_gross_minor,
    COALESCE(sold.discount_minor, 0) AS stated_discount_minor,
    COALESCE(sold.tax_minor, 0) AS tax_minor,
    COALESCE(sold.tip_minor, 0) AS tip_minor,
    COALESCE(sold.rounding_minor, 0) AS rounding_minor,
    sold.total_minor,
    sold.revision,
    sold.source_system,
    sold.business_date
  FROM sold
  INNER JOIN ref_stores
    ON sold.store_id = ref_stores.store_id
  INNER JOIN int_order_customers AS customers
    ON sold.order_key = customers.order_key
    AND sold.business_date = customers.business_date
)
SELECT
  *
FROM placed
