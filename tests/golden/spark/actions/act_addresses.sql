-- include/sql/actions/act_addresses.sql, as spark reads it; python -m regulars docs
WITH told AS (
  SELECT
    customer_key,
    'phone:' || phone_hash AS address_hash
  FROM stg_customers
  WHERE
    NOT phone_hash IS NULL
  UNION ALL
  SELECT
    customer_key,
    'email:' || email_hash
  FROM stg_customers
  WHERE
    NOT email_hash IS NULL
  UNION ALL
  SELECT
    customer_key,
    identifier_type || ':' || identifier_hash
  FROM stg_customer_identifiers
  WHERE
    identifier_type IN ('phone', 'email')
), final AS (
  SELECT DISTINCT
    COALESCE(people.customer_key, told.customer_key) AS customer_key,
    told.address_hash
  FROM told
  LEFT JOIN ops_identity_map AS people
    ON told.customer_key = people.node_key
)
SELECT
  *
FROM final
