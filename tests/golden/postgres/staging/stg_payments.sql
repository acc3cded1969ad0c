-- include/sql/staging/stg_payments.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    order_key,
    payment_id,
    order_id,
    store_id,
    tender,
    amount_minor,
    tip_minor,
    fee_minor,
    paid_local_at,
    business_date,
    revision,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      store_id || ':' || order_id AS order_key,
      payment_id,
      order_id,
      store_id,
      tender,
      amount_minor,
      tip_minor,
      fee_minor,
      paid_local_at,
      business_date,
      COALESCE(revision, 0) AS revision,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY store_id, order_id, payment_id
        ORDER BY COALESCE(COALESCE(revision, 0), 0) DESC NULLS LAST, source_file_sha256, source_row
      ) AS _w
    FROM raw_payments
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
