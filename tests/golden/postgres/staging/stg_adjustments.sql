-- include/sql/staging/stg_adjustments.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    raw.store_id || ':' || raw.order_id AS order_key,
    raw.adjustment_id,
    raw.store_id,
    raw.adjustment_type,
    raw.funded_by,
    raw.amount_minor,
    raw.adjusted_local_at,
    raw.order_id,
    raw.line_no,
    raw.reason,
    raw.currency_code,
    raw.business_date,
    raw.source_system,
    raw.source_file_sha256,
    raw.source_row
  FROM raw_adjustments AS raw
  LEFT JOIN ops_superseded_adjustments AS superseded
    ON raw.store_id = superseded.store_id
    AND raw.adjustment_id = superseded.adjustment_id
    AND raw.source_file_sha256 = superseded.source_file_sha256
    AND raw.source_row = superseded.source_row
  WHERE
    superseded.source_row IS NULL
)
SELECT
  *
FROM newest
