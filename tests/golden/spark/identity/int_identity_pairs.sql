-- include/sql/identity/int_identity_pairs.sql, as spark reads it; python -m regulars docs
WITH linking AS (
  SELECT
    carrier_key AS left_key,
    identifier_key AS right_key,
    identifier_type AS reason
  FROM int_identity_links
  WHERE
    is_linking AND identifier_type <> 'key_rotation'
), final AS (
  SELECT
    linking.left_key,
    linking.right_key,
    linking.reason,
    ones.first_seen_on AS left_seen_on,
    others.first_seen_on AS right_seen_on
  FROM linking
  INNER JOIN int_identity_nodes AS ones
    ON linking.left_key = ones.node_key
  INNER JOIN int_identity_nodes AS others
    ON linking.right_key = others.node_key
)
SELECT
  *
FROM final
