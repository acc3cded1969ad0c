-- include/sql/audits/audit_orphan_lines.sql, as spark reads it; python -m regulars docs
WITH failures AS (
  SELECT
    stg_order_lines.order_key,
    CAST(COUNT(*) AS BIGINT) AS line_count
  FROM stg_order_lines
  LEFT JOIN stg_orders
    ON stg_order_lines.order_key = stg_orders.order_key
  WHERE
    stg_orders.order_key IS NULL
  GROUP BY
    stg_order_lines.order_key
)
SELECT
  *
FROM failures
