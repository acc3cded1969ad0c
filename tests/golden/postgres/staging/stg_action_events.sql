-- include/sql/staging/stg_action_events.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    event_id,
    event_kind,
    happened_local_at,
    customer_key,
    contact_channel,
    action_on,
    action_code,
    store_id,
    order_id,
    complaint_status,
    business_date,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      event_id,
      event_kind,
      happened_local_at,
      customer_key,
      contact_channel,
      action_on,
      action_code,
      store_id,
      order_id,
      complaint_status,
      business_date,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY event_id
        ORDER BY COALESCE(revision, 0) DESC NULLS LAST, source_file_sha256, source_row
      ) AS _w
    FROM raw_action_events
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
