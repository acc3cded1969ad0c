-- include/sql/snapshots/fct_profit_drivers.sql, as postgres reads it; python -m regulars docs
WITH costs AS (
  SELECT
    *
  FROM snap_customer_costs
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), pools AS (
  SELECT
    peer_store_id,
    board_kind,
    driver_code,
    currency_code,
    snapshot_date,
    CAST(COUNT(*) AS BIGINT) AS peer_count,
    CAST(SUM(order_count) AS DOUBLE PRECISION) AS orders,
    CAST(SUM(gross_minor) AS DOUBLE PRECISION) AS gross,
    CAST(SUM(cost_minor) AS DOUBLE PRECISION) AS cost
  FROM costs
  GROUP BY
    peer_store_id,
    board_kind,
    driver_code,
    currency_code,
    snapshot_date
), compared AS (
  SELECT
    costs.*,
    pools.peer_count,
    CAST(FLOOR(CAST(pools.cost AS DOUBLE PRECISION) / NULLIF(pools.gross, 0) * 10000) AS BIGINT) AS peer_rate_bps,
    CAST(FLOOR(
      CASE costs.driver_code
        WHEN 'small_ticket'
        THEN CAST(costs.order_count * pools.cost AS DOUBLE PRECISION) / NULLIF(pools.orders, 0)
        ELSE costs.cost_minor
      END
    ) AS BIGINT) AS own_minor,
    CAST(FLOOR(
      CASE
        WHEN costs.driver_code IN ('long_service', 'packaging')
        THEN CAST(costs.order_count * pools.cost AS DOUBLE PRECISION) / NULLIF(pools.orders, 0)
        ELSE CAST(costs.gross_minor * pools.cost AS DOUBLE PRECISION) / NULLIF(pools.gross, 0)
      END
    ) AS BIGINT) AS peer_minor
  FROM costs
  INNER JOIN pools
    ON costs.peer_store_id = pools.peer_store_id
    AND costs.board_kind = pools.board_kind
    AND costs.driver_code = pools.driver_code
    AND costs.currency_code = pools.currency_code
    AND costs.snapshot_date = pools.snapshot_date
  WHERE
    pools.peer_count >= :min_peers
), final AS (
  SELECT
    customer_key,
    board_kind,
    main_store_id,
    driver_code,
    CAST(ROW_NUMBER() OVER (
      PARTITION BY customer_key, currency_code, snapshot_date
      ORDER BY own_minor - peer_minor DESC NULLS LAST, driver_code, customer_key
    ) AS BIGINT) AS driver_rank,
    own_minor - peer_minor > 0 AS is_drag,
    own_minor,
    peer_minor,
    own_minor - peer_minor AS excess_minor,
    CAST(FLOOR(
      CAST(CAST(own_minor AS DOUBLE PRECISION) * 10000 AS DOUBLE PRECISION) / NULLIF(gross_minor, 0)
    ) AS BIGINT) AS own_rate_bps,
    peer_rate_bps,
    peer_count,
    order_count,
    gross_minor,
    true_profit_minor,
    currency_code,
    snapshot_date
  FROM compared
  WHERE
    ABS(own_minor - peer_minor) * 10000 >= gross_minor * :min_driver_bps
)
SELECT
  *
FROM final
