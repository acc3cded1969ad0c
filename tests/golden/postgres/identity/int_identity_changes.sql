-- include/sql/identity/int_identity_changes.sql, as postgres reads it; python -m regulars docs
WITH came AS (
  SELECT
    left_key,
    right_key,
    reason,
    left_seen_on,
    right_seen_on
  FROM int_identity_pairs
  EXCEPT
  SELECT
    left_key,
    right_key,
    reason,
    left_seen_on,
    right_seen_on
  FROM ops_identity_pairs
), went AS (
  SELECT
    left_key,
    right_key,
    reason,
    left_seen_on,
    right_seen_on
  FROM ops_identity_pairs
  EXCEPT
  SELECT
    left_key,
    right_key,
    reason,
    left_seen_on,
    right_seen_on
  FROM int_identity_pairs
), final AS (
  SELECT
    left_key,
    right_key,
    reason,
    TRUE AS is_added
  FROM came
  UNION ALL
  SELECT
    left_key,
    right_key,
    reason,
    FALSE AS is_added
  FROM went
)
SELECT
  *
FROM final
