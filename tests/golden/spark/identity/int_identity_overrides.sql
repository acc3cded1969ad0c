-- include/sql/identity/int_identity_overrides.sql, as spark reads it; python -m regulars docs
WITH in_force AS (
  SELECT
    override_id,
    override_kind,
    customer_key,
    decided_on,
    COALESCE(other_customer_key, identifier_hash) AS other_key,
    source_system,
    source_file_sha256,
    source_row
  FROM stg_customer_overrides
  WHERE
    override_kind IN ('same_customer', 'different_customer', 'not_theirs')
    AND decided_on <= :business_date
    AND (
      valid_to IS NULL OR valid_to >= :business_date
    )
), final AS (
  SELECT
    in_force.override_id,
    in_force.override_kind,
    COALESCE(ones.oldest_key, in_force.customer_key) AS customer_key,
    COALESCE(others.oldest_key, in_force.other_key) AS other_key,
    in_force.decided_on,
    in_force.source_system,
    in_force.source_file_sha256,
    in_force.source_row
  FROM in_force
  LEFT JOIN raw_identifier_aliases AS ones
    ON in_force.customer_key = ones.node_key
  LEFT JOIN raw_identifier_aliases AS others
    ON in_force.other_key = others.node_key
  WHERE
    NOT in_force.other_key IS NULL
)
SELECT
  *
FROM final
