-- include/sql/audits/audit_negative_quantities.sql, as postgres reads it; python -m regulars docs
WITH failures AS (
  SELECT
    store_id,
    item_id,
    CAST(COUNT(*) AS BIGINT) AS line_count,
    CAST(SUM(gross_minor) AS BIGINT) AS gross_minor
  FROM fct_order_lines
  WHERE
    quantity_milli < 0
  GROUP BY
    store_id,
    item_id
)
SELECT
  *
FROM failures
