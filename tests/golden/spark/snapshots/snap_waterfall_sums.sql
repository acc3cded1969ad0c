-- include/sql/snapshots/snap_waterfall_sums.sql, as spark reads it; python -m regulars docs
WITH customers AS (
  SELECT
    sold.*,
    peers.board_kind,
    tiers.segment
  FROM snap_store_customers AS sold
  LEFT JOIN snap_customer_peers AS peers
    ON sold.customer_key = peers.customer_key
    AND sold.currency_code = peers.currency_code
    AND sold.snapshot_date = peers.snapshot_date
  LEFT JOIN snap_customer_tiers AS tiers
    ON sold.customer_key = tiers.customer_key
    AND sold.currency_code = tiers.currency_code
    AND sold.snapshot_date = tiers.snapshot_date
  WHERE
    sold.snapshot_date >= :first_date AND sold.snapshot_date <= :last_date
), scopes AS (
  SELECT
    'group' AS scope
  UNION ALL
  SELECT
    'store'
  UNION ALL
  SELECT
    'kind'
  UNION ALL
  SELECT
    'segment'
  UNION ALL
  SELECT
    'anonymous'
), placed AS (
  SELECT
    scopes.scope,
    CASE scopes.scope
      WHEN 'store'
      THEN store_id
      WHEN 'kind'
      THEN board_kind
      WHEN 'segment'
      THEN segment
      WHEN 'anonymous'
      THEN store_id
      ELSE 'all'
    END AS scope_id,
    customers.*
  FROM customers
  INNER JOIN scopes
    ON (
      customers.customer_key = ''
    ) = (
      scopes.scope = 'anonymous'
    )
), final AS (
  SELECT
    scope,
    scope_id,
    currency_code,
    CAST(COUNT(DISTINCT customer_key) AS BIGINT) AS customer_count,
    CAST(SUM(gross_minor) AS BIGINT) AS gross_minor,
    CAST(SUM(discount_minor) AS BIGINT) AS discount_minor,
    CAST(SUM(comp_minor) AS BIGINT) AS comp_minor,
    CAST(SUM(refund_minor) AS BIGINT) AS refund_minor,
    CAST(SUM(fee_income_minor) AS BIGINT) AS fee_income_minor,
    CAST(SUM(food_cost_minor) AS BIGINT) AS food_cost_minor,
    CAST(SUM(packaging_cost_minor) AS BIGINT) AS packaging_cost_minor,
    CAST(SUM(channel_cost_minor) AS BIGINT) AS channel_cost_minor,
    CAST(SUM(payment_fee_minor) AS BIGINT) AS payment_fee_minor,
    CAST(SUM(incentive_cost_minor) AS BIGINT) AS incentive_cost_minor,
    CAST(SUM(contact_cost_minor) AS BIGINT) AS contact_cost_minor,
    CAST(SUM(service_cost_minor) AS BIGINT) AS service_cost_minor,
    CAST(SUM(complaint_cost_minor) AS BIGINT) AS complaint_cost_minor,
    CAST(SUM(acquisition_cost_minor) AS BIGINT) AS acquisition_cost_minor,
    CAST(SUM(credit_cost_minor) AS BIGINT) AS credit_cost_minor,
    snapshot_date
  FROM placed
  WHERE
    NOT scope_id IS NULL
  GROUP BY
    scope,
    scope_id,
    currency_code,
    snapshot_date
)
SELECT
  *
FROM final
