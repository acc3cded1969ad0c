-- include/sql/snapshots/snap_business_payments.sql, as spark reads it; python -m regulars docs
WITH known AS (
  SELECT
    customer_key,
    snapshot_date
  FROM int_customer_kinds
  WHERE
    customer_kind = 'business'
    AND snapshot_date >= :first_date
    AND snapshot_date <= :last_date
), final AS (
  SELECT
    known.customer_key,
    CAST(COUNT(*) AS BIGINT) AS due_invoice_count,
    CAST(SUM(
      DATEDIFF(DAY, due_on, LEAST(COALESCE(paid_on, known.snapshot_date), known.snapshot_date))
    ) AS DOUBLE) / NULLIF(COUNT(*), 0) AS payment_delay_days,
    known.snapshot_date
  FROM known
  INNER JOIN int_account_customers AS accounts
    ON known.customer_key = accounts.customer_key
  INNER JOIN stg_invoices AS invoices
    ON accounts.account_id = invoices.account_id
  WHERE
    issued_on <= known.snapshot_date
    AND (
      due_on <= known.snapshot_date OR paid_on <= known.snapshot_date
    )
    AND DATEDIFF(DAY, issued_on, known.snapshot_date) < :curve_days
  GROUP BY
    known.customer_key,
    known.snapshot_date
)
SELECT
  *
FROM final
