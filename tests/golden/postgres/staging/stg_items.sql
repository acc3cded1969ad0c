-- include/sql/staging/stg_items.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    item_id,
    item_name,
    category,
    revenue_kind,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      item_id,
      item_name,
      category,
      revenue_kind,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY source_file_sha256, source_row) AS _w
    FROM raw_items
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
