-- include/sql/staging/stg_order_lines.sql, as spark reads it; python -m regulars docs
WITH newest AS (
  SELECT
    raw.store_id || ':' || raw.order_id AS order_key,
    raw.order_id,
    raw.store_id,
    raw.line_no,
    raw.item_id,
    raw.quantity_milli,
    raw.gross_minor,
    raw.parent_line_no,
    raw.item_name,
    raw.category,
    raw.discount_minor,
    raw.tax_minor,
    raw.is_gift,
    raw.void_stage,
    raw.is_remake,
    COALESCE(raw.revision, 0) AS revision,
    raw.source_system,
    raw.source_file_sha256,
    raw.source_row
  FROM raw_order_lines AS raw
  LEFT JOIN ops_superseded_order_lines AS superseded
    ON raw.store_id = superseded.store_id
    AND raw.order_id = superseded.order_id
    AND raw.line_no = superseded.line_no
    AND raw.source_file_sha256 = superseded.source_file_sha256
    AND raw.source_row = superseded.source_row
  WHERE
    superseded.source_row IS NULL
)
SELECT
  *
FROM newest
