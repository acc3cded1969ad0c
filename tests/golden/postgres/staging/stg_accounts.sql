-- include/sql/staging/stg_accounts.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    account_id,
    account_key,
    parent_account_id,
    payment_terms_days,
    account_owner,
    owner_since_on,
    buying_mode,
    tax_id_hash,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      account_id,
      MIN(account_key) OVER (PARTITION BY account_id) AS account_key,
      parent_account_id,
      payment_terms_days,
      account_owner,
      owner_since_on,
      buying_mode,
      tax_id_hash,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY account_id
        ORDER BY COALESCE(owner_since_on, CAST('0001-01-01' AS DATE)) DESC NULLS LAST, source_file_sha256, source_row
      ) AS _w
    FROM raw_accounts
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
