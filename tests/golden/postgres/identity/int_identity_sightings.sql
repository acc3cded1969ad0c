-- include/sql/identity/int_identity_sightings.sql, as postgres reads it; python -m regulars docs
WITH stated AS (
  SELECT
    customer_key AS carrier_key,
    phone_hash AS identifier_key,
    'phone' AS identifier_type,
    'customers' AS evidence,
    joined_on AS seen_on,
    source_system,
    source_file_sha256,
    source_row
  FROM stg_customers
  WHERE
    NOT phone_hash IS NULL
  UNION ALL
  SELECT
    customer_key,
    email_hash,
    'email',
    'customers',
    joined_on,
    source_system,
    source_file_sha256,
    source_row
  FROM stg_customers
  WHERE
    NOT email_hash IS NULL
  UNION ALL
  SELECT
    customer_key,
    identifier_hash,
    identifier_type,
    'customer_identifiers',
    first_seen_on,
    source_system,
    source_file_sha256,
    source_row
  FROM stg_customer_identifiers
  UNION ALL
  SELECT
    carrier_key,
    identifier_key,
    identifier_type,
    'order_identifiers',
    seen_on,
    source_system,
    source_file_sha256,
    source_row
  FROM int_order_carriers
), final AS (
  SELECT
    COALESCE(carriers.oldest_key, stated.carrier_key) AS carrier_key,
    COALESCE(identifiers.oldest_key, stated.identifier_key) AS identifier_key,
    stated.identifier_type,
    stated.evidence,
    stated.seen_on,
    stated.source_system,
    stated.source_file_sha256,
    stated.source_row
  FROM stated
  LEFT JOIN raw_identifier_aliases AS carriers
    ON stated.carrier_key = carriers.node_key
  LEFT JOIN raw_identifier_aliases AS identifiers
    ON stated.identifier_key = identifiers.node_key
)
SELECT
  *
FROM final
