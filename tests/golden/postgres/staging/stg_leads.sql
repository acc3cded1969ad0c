-- include/sql/staging/stg_leads.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    lead_id,
    customer_key,
    created_local_at,
    lead_source,
    lead_stage,
    home_store_id,
    estimated_minor,
    currency_code,
    business_date,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      lead_id,
      customer_key,
      created_local_at,
      lead_source,
      lead_stage,
      home_store_id,
      estimated_minor,
      currency_code,
      business_date,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (PARTITION BY lead_id ORDER BY source_file_sha256, source_row) AS _w
    FROM raw_leads
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
