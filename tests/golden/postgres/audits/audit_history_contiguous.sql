-- include/sql/audits/audit_history_contiguous.sql, as postgres reads it; python -m regulars docs
WITH compared AS (
  SELECT
    customer_key,
    valid_from_on,
    valid_to_on,
    is_current,
    LEAD(valid_from_on) OVER (PARTITION BY customer_key ORDER BY valid_from_on) AS next_on
  FROM dim_customers_history
), failures AS (
  SELECT
    customer_key,
    valid_from_on,
    valid_to_on
  FROM compared
  WHERE
    valid_to_on < valid_from_on
    OR (
      next_on IS NULL
    ) <> is_current
    OR (
      NOT next_on IS NULL
      AND (
        CAST(next_on AS DATE) - CAST(valid_to_on AS DATE)
      ) <> 1
    )
)
SELECT
  *
FROM failures
