-- include/sql/intermediate/int_line_amounts.sql, as postgres reads it; python -m regulars docs
WITH lines AS (
  SELECT
    int_orders.order_key,
    int_orders.store_id,
    int_orders.customer_key,
    int_orders.is_paid,
    int_orders.business_date,
    int_orders.currency_code,
    COALESCE(closing.line_no, 0) AS line_no,
    COALESCE(closing.item_id, '') AS item_id,
    COALESCE(closing.category, '') AS category,
    COALESCE(closing.quantity_milli, 0) AS quantity_milli,
    closing.void_stage,
    COALESCE(closing.discount_minor, 0) AS discount_minor,
    COALESCE(closing.is_gift, FALSE) AS is_gift,
    COALESCE(closing.is_remake, FALSE) AS is_remake,
    COALESCE(stg_items.revenue_kind, 'sale') = 'sale' AS is_revenue,
    NOT closing.order_key IS NULL AS has_lines,
    COALESCE(closing.gross_minor, int_orders.stated_gross_minor) - CASE
      WHEN NOT int_orders.is_tax_included
      THEN 0
      WHEN closing.order_key IS NULL
      THEN int_orders.tax_minor
      ELSE COALESCE(closing.tax_minor, 0)
    END AS list_minor
  FROM int_orders
  LEFT JOIN int_closing_lines AS closing
    ON int_orders.order_key = closing.order_key
  LEFT JOIN stg_items
    ON closing.item_id = stg_items.item_id
  WHERE
    int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
), judged AS (
  SELECT
    *,
    is_paid AND void_stage IS NULL AS is_on_check,
    is_paid AND void_stage IS NULL AND is_revenue AND NOT is_remake AS is_sold,
    is_revenue
    AND quantity_milli > 0
    AND CASE WHEN void_stage IS NULL THEN is_paid ELSE void_stage = 'after_preparation' END AS is_made
  FROM lines
), valued AS (
  SELECT
    judged.order_key,
    judged.line_no,
    store_id,
    customer_key,
    item_id,
    category,
    quantity_milli,
    list_minor,
    is_sold,
    is_made,
    is_remake,
    is_on_check AND has_lines AS is_counted,
    is_paid AND NOT has_lines AS is_without_lines,
    CASE WHEN is_on_check AND NOT is_revenue THEN list_minor ELSE 0 END AS liability_minor,
    CASE WHEN is_sold THEN list_minor ELSE 0 END AS gross_minor,
    CASE
      WHEN is_sold AND NOT is_gift
      THEN discount_minor + COALESCE(merchant_discount_minor, 0)
      ELSE 0
    END AS line_discount_minor,
    CASE
      WHEN is_sold AND is_gift
      THEN list_minor
      WHEN is_sold
      THEN COALESCE(comp_minor, 0)
      ELSE 0
    END AS own_comp_minor,
    CASE WHEN is_sold THEN COALESCE(refund_minor, 0) ELSE 0 END AS line_refund_minor,
    currency_code,
    judged.business_date
  FROM judged
  LEFT JOIN int_order_adjustments AS adjusted
    ON judged.order_key = adjusted.order_key
    AND judged.line_no = adjusted.line_no
    AND judged.line_no > 0
)
SELECT
  *
FROM valued
