-- include/sql/marts/dim_items.sql, as spark reads it; python -m regulars docs
WITH sold AS (
  SELECT
    item_id,
    MIN(item_name) AS item_name,
    MIN(category) AS category
  FROM stg_order_lines
  GROUP BY
    item_id
), final AS (
  SELECT
    COALESCE(stg_items.item_id, sold.item_id) AS item_id,
    COALESCE(stg_items.item_name, sold.item_name, sold.item_id) AS item_name,
    COALESCE(stg_items.category, sold.category, '') AS category,
    COALESCE(stg_items.revenue_kind, 'sale') AS revenue_kind
  FROM stg_items
  FULL OUTER JOIN sold
    ON stg_items.item_id = sold.item_id
)
SELECT
  *
FROM final
