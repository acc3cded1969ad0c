-- include/sql/staging/stg_customer_identifiers.sql, as postgres reads it; python -m regulars docs
WITH stated AS (
  SELECT
    customer_key,
    identifier_type,
    identifier_hash,
    first_seen_on,
    source_system,
    source_file_sha256,
    source_row
  FROM raw_customer_identifiers
  WHERE
    NOT identifier_hash IS NULL
)
SELECT
  *
FROM stated
