-- include/sql/identity/ops_barred_identifiers.sql, as spark reads it; python -m regulars docs
WITH carried AS (
  SELECT
    carrier_key,
    identifier_key
  FROM int_identity_evidence
  WHERE
    why_not IS NULL AND carrier_key <> identifier_key
), counted AS (
  SELECT
    identifier_key,
    CAST(COUNT(*) AS BIGINT) AS carrier_count
  FROM carried
  GROUP BY
    identifier_key
), apart AS (
  SELECT DISTINCT
    ones.identifier_key
  FROM int_identity_overrides AS overrides
  INNER JOIN carried AS ones
    ON overrides.customer_key = ones.carrier_key
  INNER JOIN carried AS others
    ON overrides.other_key = others.carrier_key
    AND ones.identifier_key = others.identifier_key
  WHERE
    overrides.override_kind = 'different_customer'
), barred AS (
  SELECT
    counted.identifier_key AS node_key,
    counted.carrier_count,
    CASE WHEN NOT apart.identifier_key IS NULL THEN 'kept_apart' ELSE 'shared' END AS why_not
  FROM counted
  LEFT JOIN apart
    ON counted.identifier_key = apart.identifier_key
  WHERE
    counted.carrier_count > :max_people OR NOT apart.identifier_key IS NULL
), final AS (
  SELECT
    node_key,
    carrier_count,
    why_not
  FROM barred
  UNION ALL
  SELECT
    aliases.node_key,
    barred.carrier_count,
    barred.why_not
  FROM barred
  INNER JOIN raw_identifier_aliases AS aliases
    ON barred.node_key = aliases.oldest_key
)
SELECT
  *
FROM final
