-- include/sql/audits/audit_unmatched_settlements.sql, as postgres reads it; python -m regulars docs
WITH failures AS (
  SELECT
    store_id,
    platform,
    matched_by,
    CAST(COUNT(*) AS BIGINT) AS row_count,
    CAST(SUM(amount_minor) AS BIGINT) AS amount_minor
  FROM int_settlement_orders
  WHERE
    matched_by IN ('unmatched', 'ambiguous')
  GROUP BY
    store_id,
    platform,
    matched_by
)
SELECT
  *
FROM failures
