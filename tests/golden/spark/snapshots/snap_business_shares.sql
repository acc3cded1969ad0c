-- include/sql/snapshots/snap_business_shares.sql, as spark reads it; python -m regulars docs
WITH stores AS (
  SELECT
    store_id,
    snapshot_date,
    CAST(SUM(GREATEST(true_profit_minor, 0)) AS DOUBLE) AS profit
  FROM snap_store_customers
  WHERE
    currency_code = :group_currency
    AND snapshot_date >= :first_date
    AND snapshot_date <= :last_date
  GROUP BY
    store_id,
    snapshot_date
), final AS (
  SELECT
    peers.customer_key,
    COALESCE(GREATEST(own.true_profit_minor, 0) / NULLIF(stores.profit, 0), 0) AS dependence_ratio,
    peers.snapshot_date
  FROM snap_customer_peers AS peers
  INNER JOIN stores
    ON peers.main_store_id = stores.store_id
    AND peers.snapshot_date = stores.snapshot_date
  INNER JOIN snap_store_customers AS own
    ON peers.customer_key = own.customer_key
    AND peers.main_store_id = own.store_id
    AND peers.currency_code = own.currency_code
    AND peers.snapshot_date = own.snapshot_date
  WHERE
    peers.board_kind = 'business' AND peers.currency_code = :group_currency
)
SELECT
  *
FROM final
