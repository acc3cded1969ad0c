-- include/sql/staging/stg_loyalty_events.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    order_key,
    event_id,
    store_id,
    event_kind,
    points_milli,
    happened_local_at,
    customer_key,
    order_id,
    business_date,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      store_id || ':' || order_id AS order_key,
      event_id,
      store_id,
      event_kind,
      points_milli,
      happened_local_at,
      customer_key,
      order_id,
      business_date,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY store_id, event_id
        ORDER BY COALESCE(revision, 0) DESC NULLS LAST, source_file_sha256, source_row
      ) AS _w
    FROM raw_loyalty_events
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
