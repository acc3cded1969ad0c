-- include/sql/intermediate/int_account_customers.sql, as postgres reads it; python -m regulars docs
WITH profiles AS (
  SELECT
    stg_customers.account_id,
    COALESCE(ops_identity_map.customer_key, stg_customers.customer_key) AS customer_key,
    COALESCE(stg_customers.joined_on, CAST('9999-12-31' AS DATE)) AS joined_on
  FROM stg_customers
  LEFT JOIN ops_identity_map
    ON stg_customers.customer_key = ops_identity_map.node_key
  WHERE
    stg_customers.customer_kind = 'business' AND NOT stg_customers.account_id IS NULL
), represented AS (
  SELECT
    account_id,
    customer_key
  FROM (
    SELECT
      account_id,
      customer_key,
      ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY joined_on, customer_key) AS _w
    FROM profiles
  ) AS _t
  WHERE
    _w = 1
), known AS (
  SELECT
    account_id
  FROM stg_accounts
  UNION
  SELECT
    account_id
  FROM represented
), keyed AS (
  SELECT
    known.account_id,
    COALESCE(represented.customer_key, rotated.customer_key, stg_accounts.account_key) AS customer_key,
    NOT represented.customer_key IS NULL AS has_profile,
    int_account_roots.parent_account_id,
    COALESCE(int_account_roots.root_account_id, known.account_id) AS root_account_id
  FROM known
  LEFT JOIN represented
    ON known.account_id = represented.account_id
  LEFT JOIN stg_accounts
    ON known.account_id = stg_accounts.account_id
  LEFT JOIN ops_identity_map AS rotated
    ON stg_accounts.account_key = rotated.node_key
  LEFT JOIN int_account_roots
    ON known.account_id = int_account_roots.account_id
), final AS (
  SELECT
    keyed.account_id,
    keyed.customer_key,
    keyed.has_profile,
    keyed.parent_account_id,
    keyed.root_account_id,
    roots.customer_key AS root_customer_key
  FROM keyed
  INNER JOIN keyed AS roots
    ON keyed.root_account_id = roots.account_id
)
SELECT
  *
FROM final
