-- include/sql/snapshots/fct_profit_waterfalls.sql, as postgres reads it; python -m regulars docs
WITH steps AS (
  SELECT
    1 AS step_number,
    'gross' AS step_code
  UNION ALL
  SELECT
    2,
    'discount'
  UNION ALL
  SELECT
    3,
    'comp'
  UNION ALL
  SELECT
    4,
    'refund'
  UNION ALL
  SELECT
    5,
    'fee_income'
  UNION ALL
  SELECT
    6,
    'net_sales'
  UNION ALL
  SELECT
    7,
    'food_cost'
  UNION ALL
  SELECT
    8,
    'packaging_cost'
  UNION ALL
  SELECT
    9,
    'cm1'
  UNION ALL
  SELECT
    10,
    'channel_cost'
  UNION ALL
  SELECT
    11,
    'payment_fee'
  UNION ALL
  SELECT
    12,
    'incentive_cost'
  UNION ALL
  SELECT
    13,
    'contact_cost'
  UNION ALL
  SELECT
    14,
    'cm2'
  UNION ALL
  SELECT
    15,
    'service_cost'
  UNION ALL
  SELECT
    16,
    'cm3'
  UNION ALL
  SELECT
    17,
    'complaint_cost'
  UNION ALL
  SELECT
    18,
    'acquisition_cost'
  UNION ALL
  SELECT
    19,
    'credit_cost'
  UNION ALL
  SELECT
    20,
    'true_profit'
), changes AS (
  SELECT
    sums.scope,
    sums.scope_id,
    sums.customer_count,
    sums.currency_code,
    sums.snapshot_date,
    steps.step_number,
    steps.step_code,
    steps.step_code IN ('net_sales', 'cm1', 'cm2', 'cm3', 'true_profit') AS is_subtotal,
    CASE steps.step_code
      WHEN 'gross'
      THEN gross_minor
      WHEN 'discount'
      THEN -discount_minor
      WHEN 'comp'
      THEN -comp_minor
      WHEN 'refund'
      THEN -refund_minor
      WHEN 'fee_income'
      THEN fee_income_minor
      WHEN 'food_cost'
      THEN -food_cost_minor
      WHEN 'packaging_cost'
      THEN -packaging_cost_minor
      WHEN 'channel_cost'
      THEN -channel_cost_minor
      WHEN 'payment_fee'
      THEN -payment_fee_minor
      WHEN 'incentive_cost'
      THEN -incentive_cost_minor
      WHEN 'contact_cost'
      THEN -contact_cost_minor
      WHEN 'service_cost'
      THEN -service_cost_minor
      WHEN 'complaint_cost'
      THEN -complaint_cost_minor
      WHEN 'acquisition_cost'
      THEN -acquisition_cost_minor
      WHEN 'credit_cost'
      THEN -credit_cost_minor
      ELSE 0
    END AS step_minor
  FROM snap_waterfall_sums AS sums
  CROSS JOIN steps
  WHERE
    sums.snapshot_date >= :first_date AND sums.snapshot_date <= :last_date
), final AS (
  SELECT
    scope,
    scope_id,
    CAST(step_number AS BIGINT) AS step_number,
    step_code,
    is_subtotal,
    customer_count,
    currency_code,
    CAST(step_minor AS BIGINT) AS step_minor,
    CAST(SUM(step_minor) OVER (
      PARTITION BY scope, scope_id, currency_code, snapshot_date
      ORDER BY step_number
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS BIGINT) AS level_minor,
    snapshot_date
  FROM changes
)
SELECT
  *
FROM final
