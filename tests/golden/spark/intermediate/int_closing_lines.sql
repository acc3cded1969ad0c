-- include/sql/intermediate/int_closing_lines.sql, as spark reads it; python -m regulars docs
WITH lines AS (
  SELECT
    stg_order_lines.*,
    int_orders.revision AS order_revision,
    int_orders.business_date
  FROM int_orders
  INNER JOIN stg_order_lines
    ON int_orders.store_id = stg_order_lines.store_id
    AND int_orders.order_id = stg_order_lines.order_id
  WHERE
    int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
), compared AS (
  SELECT
    *,
    MAX(CASE WHEN revision >= order_revision THEN 1 ELSE 0 END) OVER (PARTITION BY order_key) AS has_closing_lines
  FROM lines
), final AS (
  SELECT
    order_key,
    line_no,
    item_id,
    category,
    quantity_milli,
    gross_minor,
    discount_minor,
    tax_minor,
    is_gift,
    is_remake,
    void_stage,
    business_date
  FROM compared
  WHERE
    has_closing_lines = 0 OR revision >= order_revision
)
SELECT
  *
FROM final
