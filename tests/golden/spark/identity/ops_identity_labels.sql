-- include/sql/identity/ops_identity_labels.sql, as spark reads it; python -m regulars docs
WITH final AS (
  SELECT
    labels.node_id,
    COALESCE(hops.target_id, labels.label_id) AS label_id
  FROM ops_identity_labels AS labels
  LEFT JOIN ops_identity_hops AS hops
    ON labels.label_id = hops.node_id
)
SELECT
  *
FROM final
