-- include/sql/marts/dim_customers_history.sql, as postgres reads it; python -m regulars docs
WITH compared AS (
  SELECT
    customer_key,
    tier,
    segment,
    stage,
    snapshot_date,
    LAG(tier || '|' || segment || '|' || stage) OVER (PARTITION BY customer_key ORDER BY snapshot_date) AS state_before
  FROM snap_customer_tiers
), changes AS (
  SELECT
    customer_key,
    tier,
    segment,
    stage,
    snapshot_date AS valid_from_on
  FROM compared
  WHERE
    state_before IS DISTINCT FROM tier || '|' || segment || '|' || stage
), closed AS (
  SELECT
    customer_key,
    tier,
    segment,
    stage,
    valid_from_on,
    LEAD(valid_from_on) OVER (PARTITION BY customer_key ORDER BY valid_from_on) AS replaced_on
  FROM changes
), final AS (
  SELECT
    customer_key,
    tier,
    segment,
    stage,
    valid_from_on,
    CAST(COALESCE(replaced_on - 1, CAST('9999-12-31' AS DATE)) AS DATE) AS valid_to_on,
    replaced_on IS NULL AS is_current
  FROM closed
)
SELECT
  *
FROM final
