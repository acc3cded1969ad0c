-- include/sql/audits/audit_one_action.sql, as postgres reads it; python -m regulars docs
WITH failures AS (
  SELECT
    customer_key,
    business_date,
    CAST(COUNT(*) AS BIGINT) AS action_count
  FROM fct_actions
  GROUP BY
    customer_key,
    business_date
  HAVING
    COUNT(*) > 1
)
SELECT
  *
FROM failures
