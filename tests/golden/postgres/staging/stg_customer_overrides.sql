-- include/sql/staging/stg_customer_overrides.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    override_id,
    override_kind,
    customer_key,
    other_customer_key,
    identifier_type,
    identifier_hash,
    customer_kind,
    offer_minor,
    decided_on,
    valid_to,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      override_id,
      override_kind,
      customer_key,
      other_customer_key,
      identifier_type,
      identifier_hash,
      customer_kind,
      offer_minor,
      decided_on,
      valid_to,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY override_id
        ORDER BY COALESCE(revision, 0) DESC NULLS LAST, source_file_sha256, source_row
      ) AS _w
    FROM raw_customer_overrides
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
