-- include/sql/intermediate/int_business_evidence.sql, as spark reads it; python -m regulars docs
WITH dates AS (
  SELECT
    snapshot_date
  FROM ref_snapshot_dates
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), bills AS (
  SELECT
    account_id,
    MIN(issued_on) AS issued_on
  FROM stg_invoices
  GROUP BY
    account_id
), accounts AS (
  SELECT
    int_account_customers.customer_key,
    MIN(
      CASE
        WHEN NOT stg_accounts.tax_id_hash IS NULL
        THEN CAST('1970-01-01' AS DATE)
        ELSE bills.issued_on
      END
    ) AS billed_since_on
  FROM int_account_customers
  LEFT JOIN stg_accounts
    ON int_account_customers.account_id = stg_accounts.account_id
  LEFT JOIN bills
    ON int_account_customers.account_id = bills.account_id
  GROUP BY
    int_account_customers.customer_key
), bookings AS (
  SELECT
    int_bookings.customer_key,
    dates.snapshot_date,
    CAST(SUM(booking_count) AS BIGINT) AS booking_count,
    CAST(SUM(lead_days) AS BIGINT) AS lead_days,
    CAST(SUM(party_count) AS BIGINT) AS party_count,
    CAST(SUM(covers) AS BIGINT) AS covers
  FROM int_bookings
  INNER JOIN dates
    ON int_bookings.business_date <= dates.snapshot_date
  GROUP BY
    int_bookings.customer_key,
    dates.snapshot_date
), gathered AS (
  SELECT
    int_customers.customer_key,
    dates.snapshot_date,
    int_customers.is_company_email,
    NOT accounts.customer_key IS NULL AS is_account,
    COALESCE(accounts.billed_since_on <= dates.snapshot_date, FALSE) AS is_billed,
    COALESCE(features.order_count, 0) AS order_count,
    COALESCE(features.account_order_count, 0) AS account_order_count,
    COALESCE(features.catering_order_count, 0) AS catering_order_count,
    COALESCE(features.weekday_lunch_order_count, 0) AS weekday_lunch_order_count,
    COALESCE(features.party_count, 0) + COALESCE(bookings.party_count, 0) AS party_count,
    COALESCE(features.covers, 0) + COALESCE(bookings.covers, 0) AS covers,
    COALESCE(bookings.booking_count, 0) AS booking_count,
    COALESCE(bookings.lead_days, 0) AS lead_days
  FROM int_customers
  INNER JOIN dates
    ON int_customers.known_since_on <= dates.snapshot_date
  LEFT JOIN accounts
    ON int_customers.customer_key = accounts.customer_key
  LEFT JOIN snap_customer_features AS features
    ON int_customers.customer_key = features.customer_key
    AND dates.snapshot_date = features.snapshot_date
  LEFT JOIN bookings
    ON int_customers.customer_key = bookings.customer_key
    AND dates.snapshot_date = bookings.snapshot_date
), judged AS (
  SELECT
    *,
    is_account
    OR (
      account_order_count > 0
      AND account_order_count * 10000 >= :account_order_bps * order_count
    ) AS has_account_sign,
    order_count >= :min_sign_orders
    AND catering_order_count * 10000 >= :catering_order_bps * order_count AS has_catering_sign,
    order_count >= :min_sign_orders
    AND weekday_lunch_order_count * 10000 >= :weekday_lunch_bps * order_count AS has_lunch_sign,
    party_count >= :min_sign_orders
    AND covers >= :business_party_covers * party_count AS has_party_sign,
    booking_count >= :min_sign_bookings
    AND lead_days >= :booking_lead_days * booking_count AS has_lead_time_sign
  FROM gathered
), final AS (
  SELECT
    *
  FROM judged
  WHERE
    has_account_sign
    OR is_billed
    OR is_company_email
    OR has_catering_sign
    OR has_lunch_sign
    OR has_party_sign
    OR has_lead_time_sign
)
SELECT
  *
FROM final
