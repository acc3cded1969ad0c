-- include/sql/identity/int_identity_links.sql, as postgres reads it; python -m regulars docs
WITH judged AS (
  SELECT
    evidence.carrier_key,
    evidence.identifier_key,
    evidence.identifier_type,
    evidence.evidence,
    evidence.source_system,
    evidence.source_file_sha256,
    evidence.source_row,
    evidence.first_seen_on,
    evidence.last_seen_on,
    evidence.sighting_count,
    COALESCE(
      evidence.why_not,
      barred.why_not,
      CASE WHEN NOT carriers.node_key IS NULL THEN 'carrier_barred' END
    ) AS why_not
  FROM int_identity_evidence AS evidence
  LEFT JOIN ops_barred_identifiers AS barred
    ON evidence.identifier_key = barred.node_key
  LEFT JOIN ops_barred_identifiers AS carriers
    ON evidence.carrier_key = carriers.node_key
  WHERE
    evidence.carrier_key <> evidence.identifier_key
), decided AS (
  SELECT
    customer_key,
    other_key,
    MIN(source_system) AS source_system,
    MIN(source_file_sha256) AS source_file_sha256,
    MIN(source_row) AS source_row,
    MIN(decided_on) AS first_seen_on,
    MAX(decided_on) AS last_seen_on,
    CAST(COUNT(*) AS BIGINT) AS sighting_count
  FROM int_identity_overrides
  WHERE
    override_kind = 'same_customer' AND customer_key <> other_key
  GROUP BY
    customer_key,
    other_key
), gathered AS (
  SELECT
    *
  FROM judged
  UNION ALL
  SELECT
    customer_key,
    other_key,
    'same_customer',
    'customer_overrides',
    source_system,
    source_file_sha256,
    source_row,
    first_seen_on,
    last_seen_on,
    sighting_count,
    CAST(NULL AS TEXT)
  FROM decided
  UNION ALL
  SELECT
    oldest_key,
    node_key,
    'key_rotation',
    'identifier_aliases',
    CAST(NULL AS TEXT),
    CAST(NULL AS TEXT),
    CAST(NULL AS BIGINT),
    CAST(NULL AS DATE),
    CAST(NULL AS DATE),
    CAST(1 AS BIGINT),
    CAST(NULL AS TEXT)
  FROM raw_identifier_aliases
), final AS (
  SELECT
    *,
    why_not IS NULL AS is_linking
  FROM gathered
)
SELECT
  *
FROM final
