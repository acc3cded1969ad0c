-- include/sql/staging/stg_reservations.sql, as spark reads it; python -m regulars docs
WITH newest AS (
  SELECT
    reservation_id,
    store_id,
    reserved_for_local_at,
    reservation_status,
    booked_local_at,
    party_size,
    customer_key,
    account_id,
    order_id,
    deposit_minor,
    currency_code,
    business_date,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      reservation_id,
      store_id,
      reserved_for_local_at,
      reservation_status,
      booked_local_at,
      party_size,
      customer_key,
      account_id,
      order_id,
      deposit_minor,
      currency_code,
      business_date,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY store_id, reservation_id
        ORDER BY COALESCE(revision, 0) DESC, source_file_sha256 NULLS LAST, source_row NULLS LAST
      ) AS _w
    FROM raw_reservations
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
