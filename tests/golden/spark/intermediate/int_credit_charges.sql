-- include/sql/intermediate/int_credit_charges.sql, as spark reads it; python -m regulars docs
WITH horizon AS (
  SELECT
    MAX(calendar_date) AS last_date
  FROM ref_dates
), owed AS (
  SELECT
    stg_invoices.invoice_id,
    stg_invoices.account_id,
    stg_invoices.store_id,
    stg_invoices.currency_code,
    stg_invoices.amount_minor,
    stg_invoices.issued_on,
    rates.rate_bps,
    DATEDIFF(DAY, stg_invoices.issued_on, COALESCE(stg_invoices.paid_on, last_date)) AS waiting_days,
    NOT stg_invoices.paid_on IS NULL AS is_settled
  FROM stg_invoices
  CROSS JOIN horizon
  INNER JOIN ref_charge_rates AS rates
    ON rates.charge_kind = 'capital'
    AND stg_invoices.issued_on >= rates.valid_from
    AND stg_invoices.issued_on <= rates.valid_to
), stepped AS (
  SELECT
    owed.*,
    steps.offset_days AS from_days,
    LEAST(steps.offset_days + 30, waiting_days) AS until_days
  FROM owed
  INNER JOIN int_installments AS steps
    ON steps.offset_days < waiting_days
  WHERE
    is_settled OR steps.offset_days + 30 <= waiting_days
), final AS (
  SELECT
    stepped.invoice_id,
    accounts.customer_key,
    stepped.store_id,
    stepped.currency_code,
    CAST((
      stepped.amount_minor * until_days * rate_bps + 1825000
    ) DIV 3650000 AS BIGINT) - CAST((
      stepped.amount_minor * from_days * rate_bps + 1825000
    ) DIV 3650000 AS BIGINT) AS amount_minor,
    stepped.issued_on + CAST(until_days AS INT) AS business_date
  FROM stepped
  LEFT JOIN int_account_customers AS accounts
    ON stepped.account_id = accounts.account_id
)
SELECT
  *
FROM final
