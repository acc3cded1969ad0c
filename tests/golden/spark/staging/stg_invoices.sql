-- include/sql/staging/stg_invoices.sql, as spark reads it; python -m regulars docs
WITH newest AS (
  SELECT
    invoice_id,
    account_id,
    issued_on,
    due_on,
    amount_minor,
    store_id,
    order_id,
    paid_on,
    currency_code,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      invoice_id,
      account_id,
      issued_on,
      due_on,
      amount_minor,
      store_id,
      order_id,
      paid_on,
      currency_code,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY invoice_id
        ORDER BY COALESCE(revision, 0) DESC, source_file_sha256 NULLS LAST, source_row NULLS LAST
      ) AS _w
    FROM raw_invoices
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
