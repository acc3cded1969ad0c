-- include/sql/staging/stg_orders.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    order_key,
    order_id,
    store_id,
    closed_local_at,
    channel,
    status,
    total_minor,
    opened_local_at,
    platform,
    daypart,
    covers,
    customer_key,
    account_id,
    external_order_id,
    gross_minor,
    discount_minor,
    service_charge_minor,
    delivery_fee_minor,
    packaging_fee_minor,
    tax_minor,
    is_tax_included,
    tip_minor,
    rounding_minor,
    currency_code,
    business_date,
    closed_at,
    revision,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      store_id || ':' || order_id AS order_key,
      order_id,
      store_id,
      closed_local_at,
      channel,
      status,
      total_minor,
      opened_local_at,
      platform,
      daypart,
      covers,
      customer_key,
      account_id,
      external_order_id,
      gross_minor,
      discount_minor,
      service_charge_minor,
      delivery_fee_minor,
      packaging_fee_minor,
      tax_minor,
      is_tax_included,
      tip_minor,
      rounding_minor,
      currency_code,
      business_date,
      closed_at,
      COALESCE(revision, 0) AS revision,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY store_id, order_id
        ORDER BY COALESCE(COALESCE(revision, 0), 0) DESC NULLS LAST, source_file_sha256, source_row
      ) AS _w
    FROM raw_orders
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
