-- include/sql/staging/stg_loyalty_events.sql, as spark reads it; python -m regulars docs
WITH newest AS (
  SELECT
    raw.store_id || ':' || raw.order_id AS order_key,
    raw.event_id,
    raw.store_id,
    raw.event_kind,
    raw.points_milli,
    raw.happened_local_at,
    raw.customer_key,
    raw.order_id,
    raw.business_date,
    raw.source_system,
    raw.source_file_sha256,
    raw.source_row
  FROM raw_loyalty_events AS raw
  LEFT JOIN ops_superseded_loyalty_events AS superseded
    ON raw.store_id = superseded.store_id
    AND raw.event_id = superseded.event_id
    AND raw.source_file_sha256 = superseded.source_file_sha256
    AND raw.source_row = superseded.source_row
  WHERE
    superseded.source_row IS NULL
)
SELECT
  *
FROM newest
