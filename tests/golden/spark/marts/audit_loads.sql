-- include/sql/marts/audit_loads.sql, as spark reads it; python -m regulars docs
WITH final AS (
  SELECT
    source_system,
    file_name,
    source_file_sha256,
    entity,
    read_count,
    loaded_count,
    quarantined_count,
    duplicate_count,
    summary_count,
    out_of_scope_count,
    released_count,
    dismissed_count
  FROM raw_file_receipts
)
SELECT
  *
FROM final
