-- include/sql/identity/ops_identity_map.sql, as spark reads it; python -m regulars docs
WITH kept AS (
  SELECT
    earlier.node_key,
    earlier.customer_key
  FROM ops_identity_map AS earlier
  LEFT JOIN int_identity_assigned AS assigned
    ON earlier.node_key = assigned.node_key
  LEFT JOIN raw_identifier_aliases AS aliases
    ON earlier.node_key = aliases.node_key
  WHERE
    assigned.node_key IS NULL AND aliases.node_key IS NULL
), resolved AS (
  SELECT
    node_key,
    customer_key
  FROM kept
  UNION ALL
  SELECT
    node_key,
    customer_key
  FROM int_identity_assigned
  WHERE
    node_key <> customer_key
), final AS (
  SELECT
    node_key,
    customer_key
  FROM resolved
  UNION ALL
  SELECT
    aliases.node_key,
    COALESCE(resolved.customer_key, aliases.oldest_key)
  FROM raw_identifier_aliases AS aliases
  LEFT JOIN resolved
    ON aliases.oldest_key = resolved.node_key
)
SELECT
  *
FROM final
