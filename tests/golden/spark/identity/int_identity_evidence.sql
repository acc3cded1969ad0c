-- include/sql/identity/int_identity_evidence.sql, as spark reads it; python -m regulars docs
WITH seen AS (
  SELECT
    carrier_key,
    identifier_key,
    MIN(identifier_type) AS identifier_type,
    MIN(
      CAST(COALESCE(seen_on, CAST('9999-12-31' AS DATE)) AS STRING) || '|' || evidence || '|' || source_system || '|' || source_file_sha256 || '|' || LPAD(CAST(source_row AS STRING), 12, '0')
    ) AS first_statement,
    MIN(seen_on) AS first_seen_on,
    MAX(seen_on) AS last_seen_on,
    CAST(COUNT(*) AS BIGINT) AS sighting_count
  FROM int_identity_sightings
  GROUP BY
    carrier_key,
    identifier_key
), denied AS (
  SELECT DISTINCT
    customer_key,
    other_key
  FROM int_identity_overrides
  WHERE
    override_kind = 'not_theirs'
), final AS (
  SELECT
    seen.carrier_key,
    seen.identifier_key,
    seen.identifier_type,
    SPLIT_PART(seen.first_statement, '|', 2) AS evidence,
    SPLIT_PART(seen.first_statement, '|', 3) AS source_system,
    SPLIT_PART(seen.first_statement, '|', 4) AS source_file_sha256,
    CAST(SPLIT_PART(seen.first_statement, '|', 5) AS BIGINT) AS source_row,
    seen.first_seen_on,
    seen.last_seen_on,
    seen.sighting_count,
    CASE
      WHEN seen.identifier_type = 'card_suffix'
      THEN 'never_links'
      WHEN NOT denied.customer_key IS NULL
      THEN 'not_theirs'
    END AS why_not
  FROM seen
  LEFT JOIN denied
    ON seen.carrier_key = denied.customer_key AND seen.identifier_key = denied.other_key
)
SELECT
  *
FROM final
