-- include/sql/intermediate/int_settlement_orders.sql, as spark reads it; python -m regulars docs
WITH by_number AS (
  SELECT
    order_key,
    order_key AS settled_key
  FROM stg_orders
), by_platform AS (
  SELECT
    store_id,
    platform,
    external_order_id,
    MIN(order_key) AS order_key,
    COUNT(*) AS order_count
  FROM stg_orders
  WHERE
    NOT external_order_id IS NULL AND NOT platform IS NULL
  GROUP BY
    store_id,
    platform,
    external_order_id
), final AS (
  SELECT
    stg_settlements.settlement_id,
    stg_settlements.platform,
    stg_settlements.store_id,
    stg_settlements.fee_type,
    stg_settlements.amount_minor,
    stg_settlements.payout_date,
    stg_settlements.currency_code,
    COALESCE(
      by_number.order_key,
      CASE WHEN by_platform.order_count = 1 THEN by_platform.order_key END
    ) AS order_key,
    CASE
      WHEN stg_settlements.order_id IS NULL
      THEN 'store'
      WHEN NOT by_number.order_key IS NULL
      THEN 'order_id'
      WHEN by_platform.order_count = 1
      THEN 'external_order_id'
      WHEN by_platform.order_count > 1
      THEN 'ambiguous'
      ELSE 'unmatched'
    END AS matched_by,
    stg_settlements.source_file_sha256,
    stg_settlements.source_row
  FROM stg_settlements
  LEFT JOIN by_number
    ON stg_settlements.order_key = by_number.settled_key
  LEFT JOIN by_platform
    ON stg_settlements.store_id = by_platform.store_id
    AND stg_settlements.platform = by_platform.platform
    AND stg_settlements.order_id = by_platform.external_order_id
)
SELECT
  *
FROM final
