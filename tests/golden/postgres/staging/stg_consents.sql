-- include/sql/staging/stg_consents.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    customer_key,
    contact_channel,
    consent_status,
    consented_local_at,
    consent_source,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      customer_key,
      contact_channel,
      consent_status,
      consented_local_at,
      consent_source,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY customer_key, contact_channel, consented_local_at
        ORDER BY source_file_sha256, source_row
      ) AS _w
    FROM raw_consents
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
