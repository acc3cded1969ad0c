-- include/sql/audits/audit_account_parents.sql, as spark reads it; python -m regulars docs
WITH failures AS (
  SELECT
    account_id,
    parent_account_id,
    parent_fault
  FROM int_account_roots
  WHERE
    NOT parent_fault IS NULL
)
SELECT
  *
FROM failures
