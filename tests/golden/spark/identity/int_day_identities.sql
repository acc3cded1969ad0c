-- include/sql/identity/int_day_identities.sql, as spark reads it; python -m regulars docs
WITH spoken AS (
  SELECT
    business_date,
    customer_key AS node_key
  FROM stg_orders
  WHERE
    NOT customer_key IS NULL
  UNION
  SELECT
    orders.business_date,
    identifiers.identifier_hash
  FROM stg_order_identifiers AS identifiers
  INNER JOIN stg_orders AS orders
    ON identifiers.order_key = orders.order_key
), told AS (
  SELECT
    spoken.business_date,
    spoken.node_key,
    CASE
      WHEN NOT barred.node_key IS NULL
      THEN 'barred'
      ELSE ops_identity_map.customer_key
    END AS outcome
  FROM spoken
  LEFT JOIN ops_identity_map
    ON spoken.node_key = ops_identity_map.node_key
  LEFT JOIN ops_barred_identifiers AS barred
    ON spoken.node_key = barred.node_key
  WHERE
    NOT ops_identity_map.node_key IS NULL OR NOT barred.node_key IS NULL
  UNION ALL
  SELECT
    orders.business_date,
    orders.order_key,
    accounts.customer_key
  FROM int_order_accounts AS accounts
  INNER JOIN stg_orders AS orders
    ON accounts.order_key = orders.order_key
), final AS (
  SELECT
    MD5(
      LISTAGG(node_key || '>' || outcome, ',') WITHIN GROUP (ORDER BY
        node_key NULLS LAST)
    ) AS fingerprint,
    business_date
  FROM told
  GROUP BY
    business_date
)
SELECT
  *
FROM final
