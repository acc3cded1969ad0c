-- include/sql/staging/stg_settlements.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    raw.store_id || ':' || raw.order_id AS order_key,
    raw.settlement_id,
    raw.platform,
    raw.store_id,
    raw.fee_type,
    raw.amount_minor,
    raw.payout_date,
    raw.order_id,
    raw.payout_id,
    raw.currency_code,
    raw.source_system,
    raw.source_file_sha256,
    raw.source_row
  FROM raw_settlements AS raw
  LEFT JOIN ops_superseded_settlements AS superseded
    ON raw.store_id = superseded.store_id
    AND raw.platform = superseded.platform
    AND raw.settlement_id = superseded.settlement_id
    AND raw.source_file_sha256 = superseded.source_file_sha256
    AND raw.source_row = superseded.source_row
  WHERE
    superseded.source_row IS NULL
)
SELECT
  *
FROM newest
