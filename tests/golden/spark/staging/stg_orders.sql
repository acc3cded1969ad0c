-- include/sql/staging/stg_orders.sql, as spark reads it; python -m regulars docs
WITH newest AS (
  SELECT
    raw.store_id || ':' || raw.order_id AS order_key,
    raw.order_id,
    raw.store_id,
    raw.closed_local_at,
    raw.channel,
    raw.status,
    raw.total_minor,
    raw.opened_local_at,
    raw.platform,
    raw.daypart,
    raw.covers,
    raw.customer_key,
    raw.account_id,
    raw.external_order_id,
    raw.gross_minor,
    raw.discount_minor,
    raw.service_charge_minor,
    raw.delivery_fee_minor,
    raw.packaging_fee_minor,
    raw.tax_minor,
    raw.is_tax_included,
    raw.tip_minor,
    raw.rounding_minor,
    raw.currency_code,
    raw.business_date,
    raw.closed_at,
    COALESCE(raw.revision, 0) AS revision,
    raw.source_system,
    raw.source_file_sha256,
    raw.source_row
  FROM raw_orders AS raw
  LEFT JOIN ops_superseded_orders AS superseded
    ON raw.store_id = superseded.store_id
    AND raw.order_id = superseded.order_id
    AND raw.source_file_sha256 = superseded.source_file_sha256
    AND raw.source_row = superseded.source_row
  WHERE
    superseded.source_row IS NULL
)
SELECT
  *
FROM newest
