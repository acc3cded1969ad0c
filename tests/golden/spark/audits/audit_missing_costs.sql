-- include/sql/audits/audit_missing_costs.sql, as spark reads it; python -m regulars docs
WITH failures AS (
  SELECT
    store_id,
    item_id,
    CAST(COUNT(*) AS BIGINT) AS line_count
  FROM fct_order_lines
  WHERE
    is_cost_missing
  GROUP BY
    store_id,
    item_id
)
SELECT
  *
FROM failures
