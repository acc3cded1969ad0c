-- include/sql/identity/int_order_carriers.sql, as spark reads it; python -m regulars docs
WITH spoken AS (
  SELECT
    orders.customer_key AS reference_key,
    orders.business_date AS seen_on,
    identifiers.order_key,
    identifiers.identifier_type,
    identifiers.identifier_hash,
    identifiers.is_linkable,
    identifiers.source_system,
    identifiers.source_file_sha256,
    identifiers.source_row,
    FIRST_VALUE(identifiers.identifier_hash) OVER (
      PARTITION BY identifiers.order_key
      ORDER BY identifiers.strength_rank NULLS LAST, identifiers.identifier_hash NULLS LAST, identifiers.source_file_sha256 NULLS LAST, identifiers.source_row NULLS LAST
    ) AS strongest_hash
  FROM stg_order_identifiers AS identifiers
  INNER JOIN stg_orders AS orders
    ON identifiers.order_key = orders.order_key
), final AS (
  SELECT
    order_key,
    COALESCE(reference_key, strongest_hash) AS carrier_key,
    identifier_hash AS identifier_key,
    identifier_type,
    seen_on,
    source_system,
    source_file_sha256,
    source_row
  FROM spoken
)
SELECT
  *
FROM final
