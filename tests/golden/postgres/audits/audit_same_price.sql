-- include/sql/audits/audit_same_price.sql, as postgres reads it; python -m regulars docs
WITH priced AS (
  SELECT
    lines.store_id,
    lines.item_id,
    orders.channel,
    COALESCE(orders.platform, '') AS platform,
    COALESCE(orders.daypart, '') AS daypart,
    orders.currency_code,
    lines.customer_key,
    CAST(CAST(DIV(lines.gross_minor * 1000, lines.quantity_milli) AS BIGINT) AS BIGINT) AS unit_price_minor
  FROM fct_order_lines AS lines
  INNER JOIN fct_orders AS orders
    ON lines.order_key = orders.order_key
  WHERE
    lines.business_date = :business_date
    AND orders.is_paid
    AND lines.is_counted
    AND NOT lines.item_id IS NULL
    AND NOT lines.customer_key IS NULL
    AND lines.quantity_milli >= 1000
    AND lines.gross_minor > 0
), compared AS (
  SELECT
    store_id,
    item_id,
    channel,
    platform,
    daypart,
    currency_code,
    MIN(unit_price_minor) AS lowest_minor,
    MAX(unit_price_minor) AS highest_minor,
    CAST(COUNT(DISTINCT customer_key) AS BIGINT) AS customer_count
  FROM priced
  GROUP BY
    store_id,
    item_id,
    channel,
    platform,
    daypart,
    currency_code
), failures AS (
  SELECT
    *
  FROM compared
  WHERE
    highest_minor - lowest_minor > 1 AND customer_count > 1
)
SELECT
  *
FROM failures
