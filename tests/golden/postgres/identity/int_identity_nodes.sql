-- include/sql/identity/int_identity_nodes.sql, as postgres reads it; python -m regulars docs
WITH told AS (
  SELECT
    customer_key AS node_key,
    business_date AS seen_on
  FROM stg_orders
  UNION ALL
  SELECT
    customer_key,
    joined_on
  FROM stg_customers
  UNION ALL
  SELECT
    customer_key,
    business_date
  FROM stg_leads
), seen AS (
  SELECT
    node_key,
    MIN(seen_on) AS seen_on
  FROM told
  WHERE
    NOT node_key IS NULL
  GROUP BY
    node_key
), sighted AS (
  SELECT
    COALESCE(aliases.oldest_key, seen.node_key) AS node_key,
    seen.seen_on
  FROM seen
  LEFT JOIN raw_identifier_aliases AS aliases
    ON seen.node_key = aliases.node_key
  UNION ALL
  SELECT
    carrier_key,
    first_seen_on
  FROM int_identity_evidence
  UNION ALL
  SELECT
    identifier_key,
    first_seen_on
  FROM int_identity_evidence
  UNION ALL
  SELECT
    customer_key,
    CAST(NULL AS DATE)
  FROM int_identity_overrides
  UNION ALL
  SELECT
    other_key,
    CAST(NULL AS DATE)
  FROM int_identity_overrides
), final AS (
  SELECT
    node_key,
    COALESCE(MIN(seen_on), CAST('9999-12-31' AS DATE)) AS first_seen_on
  FROM sighted
  GROUP BY
    node_key
)
SELECT
  *
FROM final
