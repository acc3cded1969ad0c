-- include/sql/identity/int_identity_assigned.sql, as postgres reads it; python -m regulars docs
WITH labelled AS (
  SELECT
    ones.node_key,
    seniors.node_key AS customer_key
  FROM int_identity_ranks AS ones
  INNER JOIN ops_identity_labels AS labels
    ON ones.node_id = labels.node_id
  INNER JOIN int_identity_ranks AS seniors
    ON labels.label_id = seniors.node_id
), final AS (
  SELECT
    touched.node_key,
    COALESCE(labelled.customer_key, touched.node_key) AS customer_key
  FROM int_identity_touched AS touched
  LEFT JOIN labelled
    ON touched.node_key = labelled.node_key
)
SELECT
  *
FROM final
