-- include/sql/audits/audit_rows_accounted.sql, as postgres reads it; python -m regulars docs
WITH failures AS (
  SELECT
    source_system,
    file_name,
    entity,
    read_count,
    loaded_count
  FROM audit_loads
  WHERE
    read_count <> loaded_count + quarantined_count + duplicate_count + summary_count + out_of_scope_count
)
SELECT
  *
FROM failures
