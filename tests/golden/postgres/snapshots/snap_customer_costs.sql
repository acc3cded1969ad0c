-- include/sql/snapshots/snap_customer_costs.sql, as postgres reads it; python -m regulars docs
WITH pooled AS (
  SELECT
    profits.*,
    peers.main_store_id,
    peers.board_kind,
    COUNT(*) OVER (
      PARTITION BY peers.main_store_id, peers.board_kind, profits.currency_code, profits.snapshot_date
    ) AS peer_count
  FROM fct_customer_profits AS profits
  INNER JOIN snap_customer_peers AS peers
    ON profits.customer_key = peers.customer_key
    AND profits.currency_code = peers.currency_code
    AND profits.snapshot_date = peers.snapshot_date
  WHERE
    profits.gross_minor > 0
    AND profits.snapshot_date >= :first_date
    AND profits.snapshot_date <= :last_date
), drivers AS (
  SELECT
    'deep_discounts' AS driver_code
  UNION ALL
  SELECT
    'food_cost'
  UNION ALL
  SELECT
    'commission'
  UNION ALL
  SELECT
    'payment_fees'
  UNION ALL
  SELECT
    'complaints'
  UNION ALL
  SELECT
    'small_ticket'
  UNION ALL
  SELECT
    'long_service'
  UNION ALL
  SELECT
    'packaging'
  UNION ALL
  SELECT
    'winning_cost'
  UNION ALL
  SELECT
    'late_payment'
), final AS (
  SELECT
    pooled.customer_key,
    pooled.main_store_id,
    pooled.board_kind,
    CASE WHEN peer_count >= :min_peers THEN main_store_id ELSE '' END AS peer_store_id,
    drivers.driver_code,
    pooled.order_count,
    pooled.gross_minor,
    pooled.true_profit_minor,
    CAST(CASE drivers.driver_code
      WHEN 'deep_discounts'
      THEN discount_minor + comp_minor + incentive_cost_minor
      WHEN 'food_cost'
      THEN food_cost_minor
      WHEN 'commission'
      THEN channel_cost_minor
      WHEN 'payment_fees'
      THEN payment_fee_minor
      WHEN 'complaints'
      THEN refund_minor + complaint_cost_minor
      WHEN 'small_ticket'
      THEN service_cost_minor + packaging_cost_minor
      WHEN 'long_service'
      THEN service_cost_minor
      WHEN 'packaging'
      THEN packaging_cost_minor
      WHEN 'winning_cost'
      THEN acquisition_cost_minor + contact_cost_minor
      ELSE credit_cost_minor
    END AS BIGINT) AS cost_minor,
    pooled.currency_code,
    pooled.snapshot_date
  FROM pooled
  CROSS JOIN drivers
)
SELECT
  *
FROM final
