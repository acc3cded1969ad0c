-- include/sql/actions/act_store_exceptions.sql, as spark reads it; python -m regulars docs
WITH today AS (
  SELECT
    *
  FROM fct_reconciliation
  WHERE
    business_date = :business_date
), usual AS (
  SELECT
    store_id,
    CAST(SUM(anonymous_order_count) AS DOUBLE) / NULLIF(SUM(paid_order_count), 0) AS anonymous_ratio
  FROM fct_reconciliation
  WHERE
    business_date < :business_date
    AND DATEDIFF(DAY, business_date, CAST(:business_date AS DATE)) <= 28
  GROUP BY
    store_id
), dependent AS (
  SELECT
    *
  FROM fct_concentration
  WHERE
    scope = 'store'
    AND snapshot_date = :business_date
    AND currency_code = :group_currency
), untied AS (
  SELECT
    'reconciliation' AS exception_code,
    store_id,
    MAX(ABS(CAST(recon_delta_minor AS DOUBLE)) / NULLIF(ABS(ledger_minor), 0)) AS measured_ratio,
    CAST(:reconciliation_share AS DOUBLE) AS limit_ratio,
    MAX(ABS(recon_delta_minor)) AS measured_minor,
    MIN(currency_code) AS currency_code
  FROM today
  WHERE
    ABS(recon_delta_minor) > CAST(:reconciliation_share AS DOUBLE) * ABS(ledger_minor)
  GROUP BY
    store_id
), unknown AS (
  SELECT
    'anonymous_jump' AS exception_code,
    today.store_id,
    MAX(today.anonymous_order_ratio - usual.anonymous_ratio) AS measured_ratio,
    CAST(:anonymous_jump AS DOUBLE) AS limit_ratio,
    CAST(NULL AS BIGINT) AS measured_minor,
    MIN(today.currency_code) AS currency_code
  FROM today
  INNER JOIN usual
    ON today.store_id = usual.store_id
  WHERE
    today.anonymous_order_ratio - usual.anonymous_ratio > CAST(:anonymous_jump AS DOUBLE)
  GROUP BY
    today.store_id
), gathered AS (
  SELECT
    *
  FROM untied
  UNION ALL
  SELECT
    *
  FROM unknown
  UNION ALL
  SELECT
    'top_customer',
    scope_id,
    top_1_ratio,
    CAST(:top_1_share AS DOUBLE),
    top_1_minor,
    currency_code
  FROM dependent
  WHERE
    top_1_ratio > CAST(:top_1_share AS DOUBLE)
  UNION ALL
  SELECT
    'top_customers',
    scope_id,
    top_5_ratio,
    CAST(:top_5_share AS DOUBLE),
    top_5_minor,
    currency_code
  FROM dependent
  WHERE
    top_5_ratio > CAST(:top_5_share AS DOUBLE)
), final AS (
  SELECT
    exception_code,
    store_id,
    CAST(measured_ratio AS DOUBLE) AS measured_ratio,
    limit_ratio,
    CAST(measured_minor AS BIGINT) AS measured_minor,
    currency_code
  FROM gathered
)
SELECT
  *
FROM final
