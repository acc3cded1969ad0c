-- include/sql/intermediate/int_day_inputs.sql, as spark reads it; python -m regulars docs
WITH days AS (
  SELECT
    order_key,
    business_date
  FROM stg_orders
), parts AS (
  SELECT
    business_date,
    source_file_sha256,
    source_row,
    1 AS part
  FROM stg_orders
  UNION ALL
  SELECT
    days.business_date,
    lines.source_file_sha256,
    lines.source_row,
    2
  FROM stg_order_lines AS lines
  INNER JOIN days
    ON lines.order_key = days.order_key
  UNION ALL
  SELECT
    days.business_date,
    payments.source_file_sha256,
    payments.source_row,
    3
  FROM stg_payments AS payments
  INNER JOIN days
    ON payments.order_key = days.order_key
  UNION ALL
  SELECT
    COALESCE(days.business_date, adjustments.business_date),
    adjustments.source_file_sha256,
    adjustments.source_row,
    4
  FROM stg_adjustments AS adjustments
  LEFT JOIN days
    ON adjustments.order_key = days.order_key
  UNION ALL
  SELECT
    days.business_date,
    settled.source_file_sha256,
    settled.source_row,
    5
  FROM int_settlement_orders AS settled
  INNER JOIN days
    ON settled.order_key = days.order_key
  UNION ALL
  SELECT
    payout_date,
    source_file_sha256,
    source_row,
    6
  FROM int_settlement_orders
  WHERE
    order_key IS NULL OR fee_type = 'ads'
  UNION ALL
  SELECT
    days.business_date,
    events.source_file_sha256,
    events.source_row,
    7
  FROM stg_loyalty_events AS events
  INNER JOIN days
    ON events.order_key = days.order_key
  UNION ALL
  SELECT
    business_date,
    MD5(
      LISTAGG(
        
          charge_kind || COALESCE(customer_key, '') || COALESCE(store_id, '') || currency_code || CAST(amount_minor AS STRING),
          ','
        
      ) WITHIN GROUP (ORDER BY
        charge_kind NULLS LAST,
        customer_key NULLS LAST,
        store_id NULLS LAST,
        currency_code NULLS LAST,
        amount_minor NULLS LAST)
    ),
    0,
    8
  FROM int_customer_charges
  GROUP BY
    business_date
  UNION ALL
  SELECT
    days.business_date,
    identifiers.source_file_sha256,
    identifiers.source_row,
    9
  FROM stg_order_identifiers AS identifiers
  INNER JOIN days
    ON identifiers.order_key = days.order_key
  UNION ALL
  SELECT
    business_date,
    fingerprint,
    0,
    10
  FROM int_day_identities
  UNION ALL
  SELECT
    MIN(days.business_date),
    MD5(account_id || account_owner),
    0,
    11
  FROM stg_account_owners AS owners
  INNER JOIN (
    SELECT DISTINCT
      business_date
    FROM days
  ) AS days
    ON owners.owner_since_on <= days.business_date
  GROUP BY
    account_id,
    account_owner,
    owner_since_on
), counted AS (
  SELECT
    business_date,
    source_file_sha256,
    part,
    COUNT(*) AS row_count,
    CAST(SUM(source_row) AS BIGINT) AS row_sum
  FROM parts
  GROUP BY
    business_date,
    source_file_sha256,
    part
), final AS (
  SELECT
    MD5(
      LISTAGG(
        
          source_file_sha256 || '/' || CAST(part AS STRING) || '/' || CAST(row_count AS STRING) || '/' || CAST(row_sum AS STRING),
          ','
        
      ) WITHIN GROUP (ORDER BY
        source_file_sha256 NULLS LAST,
        part NULLS LAST)
    ) AS fingerprint,
    business_date
  FROM counted
  GROUP BY
    business_date
)
SELECT
  *
FROM final
