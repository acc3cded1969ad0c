-- include/sql/audits/audit_one_segment.sql, as postgres reads it; python -m regulars docs
WITH counted AS (
  SELECT
    situations.customer_key,
    situations.snapshot_date,
    CAST(COUNT(tiers.segment) AS BIGINT) AS segment_count,
    CAST(COUNT(tiers.tier) AS BIGINT) AS tier_count
  FROM snap_customer_situations AS situations
  LEFT JOIN snap_customer_tiers AS tiers
    ON situations.customer_key = tiers.customer_key
    AND situations.snapshot_date = tiers.snapshot_date
  GROUP BY
    situations.customer_key,
    situations.snapshot_date
), failures AS (
  SELECT
    *
  FROM counted
  WHERE
    segment_count <> 1 OR tier_count <> 1
)
SELECT
  *
FROM failures
