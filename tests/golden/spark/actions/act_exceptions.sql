-- include/sql/actions/act_exceptions.sql, as spark reads it; python -m regulars docs
WITH gathered AS (
  SELECT
    exception_code,
    'list' AS subject_kind,
    '' AS customer_key,
    list_name,
    '' AS store_id,
    'list' AS withholds,
    measured_ratio,
    limit_ratio,
    CAST(NULL AS BIGINT) AS measured_minor,
    CAST(NULL AS BIGINT) AS limit_minor,
    CAST(NULL AS STRING) AS currency_code
  FROM act_list_exceptions
  UNION ALL
  SELECT
    exception_code,
    'list',
    '',
    list_name,
    '',
    'list',
    measured_ratio,
    limit_ratio,
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    NULL
  FROM act_unfair_lists
  UNION ALL
  SELECT
    exception_code,
    'store',
    '',
    '',
    store_id,
    CASE WHEN exception_code = 'reconciliation' THEN 'store' ELSE 'nothing' END,
    measured_ratio,
    limit_ratio,
    measured_minor,
    CAST(NULL AS BIGINT),
    currency_code
  FROM act_store_exceptions
  UNION ALL
  SELECT
    exception_code,
    CASE WHEN customer_key <> '' THEN 'customer' ELSE 'list' END,
    customer_key,
    list_name,
    store_id,
    CASE WHEN customer_key <> '' THEN 'customer' ELSE 'promises' END,
    CAST(measured_minor AS DOUBLE) / NULLIF(limit_minor, 0),
    CAST(1 AS DOUBLE),
    measured_minor,
    limit_minor,
    currency_code
  FROM act_offer_exceptions
  UNION ALL
  SELECT
    exception_code,
    'customer',
    customer_key,
    '',
    '',
    'customer',
    measured_ratio,
    limit_ratio,
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    NULL
  FROM act_big_moves
  WHERE
    exception_code <> 'tier_moves'
  UNION ALL
  SELECT
    exception_code,
    'run',
    '',
    '',
    '',
    'movers',
    MAX(measured_ratio),
    MAX(limit_ratio),
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    NULL
  FROM act_big_moves
  WHERE
    exception_code = 'tier_moves'
  GROUP BY
    exception_code
  UNION ALL
  SELECT
    exception_code,
    'customer',
    customer_key,
    '',
    '',
    'customer',
    measured_ratio,
    limit_ratio,
    CAST(NULL AS BIGINT),
    CAST(NULL AS BIGINT),
    NULL
  FROM act_fraud_flags
), final AS (
  SELECT
    SUBSTRING(
      SHA2(
        CAST(:business_date AS STRING) || '|' || exception_code || '|' || subject_kind || '|' || customer_key || '|' || list_name || '|' || store_id,
        256
      ),
      1,
      32
    ) AS exception_key,
    exception_code,
    subject_kind,
    customer_key,
    list_name,
    store_id,
    withholds,
    measured_ratio,
    limit_ratio,
    measured_minor,
    limit_minor,
    SUBSTRING(
      SHA2(
        COALESCE(CAST(CAST(FLOOR(measured_ratio * 1000000) AS BIGINT) AS STRING), '') || '|' || COALESCE(CAST(CAST(FLOOR(limit_ratio * 1000000) AS BIGINT) AS STRING), '') || '|' || COALESCE(CAST(measured_minor AS STRING), '') || '|' || COALESCE(CAST(limit_minor AS STRING), ''),
        256
      ),
      1,
      32
    ) AS evidence_hash,
    COALESCE(currency_code, :group_currency) AS currency_code,
    CAST(:policy_version AS STRING) AS policy_version,
    CAST(:business_date AS DATE) AS business_date
  FROM gathered
  WHERE
    :business_date >= :first_date AND :business_date <= :last_date
)
SELECT
  *
FROM final
