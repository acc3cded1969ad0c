-- include/sql/staging/stg_adjustments.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    order_key,
    adjustment_id,
    store_id,
    adjustment_type,
    funded_by,
    amount_minor,
    adjusted_local_at,
    order_id,
    line_no,
    reason,
    currency_code,
    business_date,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      store_id || ':' || order_id AS order_key,
      adjustment_id,
      store_id,
      adjustment_type,
      funded_by,
      amount_minor,
      adjusted_local_at,
      order_id,
      line_no,
      reason,
      currency_code,
      business_date,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY store_id, adjustment_id
        ORDER BY COALESCE(revision, 0) DESC NULLS LAST, source_file_sha256, source_row
      ) AS _w
    FROM raw_adjustments
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
