-- include/sql/staging/stg_settlements.sql, as spark reads it; python -m regulars docs
WITH newest AS (
  SELECT
    order_key,
    settlement_id,
    platform,
    store_id,
    fee_type,
    amount_minor,
    payout_date,
    order_id,
    payout_id,
    currency_code,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      store_id || ':' || order_id AS order_key,
      settlement_id,
      platform,
      store_id,
      fee_type,
      amount_minor,
      payout_date,
      order_id,
      payout_id,
      currency_code,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY store_id, platform, settlement_id
        ORDER BY COALESCE(revision, 0) DESC, source_file_sha256 NULLS LAST, source_row NULLS LAST
      ) AS _w
    FROM raw_settlements
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
