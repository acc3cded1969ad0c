-- include/sql/audits/audit_contradictory_orders.sql, as postgres reads it; python -m regulars docs
WITH failures AS (
  SELECT
    order_key,
    business_date
  FROM int_order_customers
  WHERE
    evidence = 'contradiction'
)
SELECT
  *
FROM failures
