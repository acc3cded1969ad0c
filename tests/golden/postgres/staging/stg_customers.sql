-- include/sql/staging/stg_customers.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    customer_key,
    customer_kind,
    joined_on,
    acquisition_source,
    account_id,
    household_key,
    home_store_id,
    language,
    is_staff,
    is_profiling_opt_out,
    phone_hash,
    email_hash,
    is_company_email,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      customer_key,
      customer_kind,
      joined_on,
      acquisition_source,
      account_id,
      household_key,
      home_store_id,
      language,
      is_staff,
      is_profiling_opt_out,
      phone_hash,
      email_hash,
      is_company_email,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY customer_key
        ORDER BY COALESCE(revision, 0) DESC NULLS LAST, source_file_sha256, source_row
      ) AS _w
    FROM raw_customers
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
