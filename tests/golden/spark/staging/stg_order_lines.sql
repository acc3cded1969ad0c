-- include/sql/staging/stg_order_lines.sql, as spark reads it; python -m regulars docs
WITH newest AS (
  SELECT
    order_key,
    order_id,
    store_id,
    line_no,
    item_id,
    quantity_milli,
    gross_minor,
    parent_line_no,
    item_name,
    category,
    discount_minor,
    tax_minor,
    is_gift,
    void_stage,
    is_remake,
    revision,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      store_id || ':' || order_id AS order_key,
      order_id,
      store_id,
      line_no,
      item_id,
      quantity_milli,
      gross_minor,
      parent_line_no,
      item_name,
      category,
      discount_minor,
      tax_minor,
      is_gift,
      void_stage,
      is_remake,
      COALESCE(revision, 0) AS revision,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY store_id, order_id, line_no
        ORDER BY COALESCE(COALESCE(revision, 0), 0) DESC, source_file_sha256 NULLS LAST, source_row NULLS LAST
      ) AS _w
    FROM raw_order_lines
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
