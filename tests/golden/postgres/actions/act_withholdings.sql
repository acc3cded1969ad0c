-- include/sql/actions/act_withholdings.sql, as postgres reads it; python -m regulars docs
WITH asked AS (
  SELECT
    exception_key,
    evidence_hash,
    withholds,
    customer_key,
    list_name,
    store_id,
    business_date
  FROM act_exceptions
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), matched AS (
  SELECT
    chosen.customer_key,
    asked.exception_key,
    asked.evidence_hash,
    asked.business_date
  FROM act_choices AS chosen
  INNER JOIN asked
    ON asked.withholds = 'customer'
    AND chosen.customer_key = asked.customer_key
    AND chosen.business_date = asked.business_date
  UNION ALL
  SELECT
    chosen.customer_key,
    asked.exception_key,
    asked.evidence_hash,
    asked.business_date
  FROM act_choices AS chosen
  INNER JOIN asked
    ON asked.withholds = 'list'
    AND chosen.list_name = asked.list_name
    AND chosen.business_date = asked.business_date
  UNION ALL
  SELECT
    chosen.customer_key,
    asked.exception_key,
    asked.evidence_hash,
    asked.business_date
  FROM act_choices AS chosen
  INNER JOIN asked
    ON asked.withholds = 'store'
    AND chosen.store_id = asked.store_id
    AND chosen.business_date = asked.business_date
  UNION ALL
  SELECT
    chosen.customer_key,
    asked.exception_key,
    asked.evidence_hash,
    asked.business_date
  FROM act_choices AS chosen
  INNER JOIN asked
    ON asked.withholds = 'promises'
    AND chosen.is_by_hand
    AND chosen.list_name = asked.list_name
    AND chosen.store_id = asked.store_id
    AND chosen.business_date = asked.business_date
  UNION ALL
  SELECT
    chosen.customer_key,
    asked.exception_key,
    asked.evidence_hash,
    asked.business_date
  FROM act_choices AS chosen
  INNER JOIN act_big_moves AS movers
    ON chosen.customer_key = movers.customer_key
    AND movers.exception_code = 'tier_moves'
  INNER JOIN asked
    ON asked.withholds = 'movers' AND chosen.business_date = asked.business_date
), final AS (
  SELECT
    customer_key,
    exception_key,
    evidence_hash,
    business_date
  FROM matched
)
SELECT
  *
FROM final
