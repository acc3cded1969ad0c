-- include/sql/staging/stg_payments.sql, as spark reads it; python -m regulars docs
WITH newest AS (
  SELECT
    raw.store_id || ':' || raw.order_id AS order_key,
    raw.payment_id,
    raw.order_id,
    raw.store_id,
    raw.tender,
    raw.amount_minor,
    raw.tip_minor,
    raw.fee_minor,
    raw.paid_local_at,
    raw.business_date,
    COALESCE(raw.revision, 0) AS revision,
    raw.source_system,
    raw.source_file_sha256,
    raw.source_row
  FROM raw_payments AS raw
  LEFT JOIN ops_superseded_payments AS superseded
    ON raw.store_id = superseded.store_id
    AND raw.order_id = superseded.order_id
    AND raw.payment_id = superseded.payment_id
    AND raw.source_file_sha256 = superseded.source_file_sha256
    AND raw.source_row = superseded.source_row
  WHERE
    superseded.source_row IS NULL
)
SELECT
  *
FROM newest
