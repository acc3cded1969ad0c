-- include/sql/intermediate/int_order_customers.sql, as spark reads it; python -m regulars docs
WITH sold AS (
  SELECT
    order_key,
    customer_key,
    business_date
  FROM stg_orders
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), spoken AS (
  SELECT
    identifiers.order_key,
    identifiers.identifier_type,
    identifiers.strength_rank,
    COALESCE(ops_identity_map.customer_key, identifiers.identifier_hash) AS customer_key
  FROM stg_order_identifiers AS identifiers
  INNER JOIN sold
    ON identifiers.order_key = sold.order_key
  LEFT JOIN ops_identity_map
    ON identifiers.identifier_hash = ops_identity_map.node_key
  LEFT JOIN ops_barred_identifiers AS barred
    ON identifiers.identifier_hash = barred.node_key
  WHERE
    sold.customer_key IS NULL AND identifiers.is_linkable AND barred.node_key IS NULL
), agreed AS (
  SELECT
    order_key,
    MIN(customer_key) AS customer_key,
    COUNT(DISTINCT customer_key) AS person_count,
    MIN(CAST(strength_rank AS STRING) || identifier_type) AS strongest
  FROM spoken
  GROUP BY
    order_key
), final AS (
  SELECT
    sold.order_key,
    CASE
      WHEN NOT accounts.order_key IS NULL
      THEN accounts.customer_key
      WHEN NOT sold.customer_key IS NULL
      THEN COALESCE(ops_identity_map.customer_key, sold.customer_key)
      WHEN agreed.person_count = 1
      THEN agreed.customer_key
    END AS customer_key,
    CASE
      WHEN NOT accounts.order_key IS NULL
      THEN 'account'
      WHEN NOT sold.customer_key IS NULL
      THEN 'reference'
      WHEN agreed.person_count = 1
      THEN SUBSTRING(agreed.strongest, 2)
      WHEN agreed.person_count > 1
      THEN 'contradiction'
    END AS evidence,
    sold.business_date
  FROM sold
  LEFT JOIN ops_identity_map
    ON sold.customer_key = ops_identity_map.node_key
  LEFT JOIN int_order_accounts AS accounts
    ON sold.order_key = accounts.order_key
  LEFT JOIN agreed
    ON sold.order_key = agreed.order_key
)
SELECT
  *
FROM final
