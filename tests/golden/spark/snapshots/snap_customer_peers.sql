-- include/sql/snapshots/snap_customer_peers.sql, as spark reads it; python -m regulars docs
WITH bought AS (
  SELECT
    customer_key,
    currency_code,
    snapshot_date,
    main_store_id
  FROM (
    SELECT
      customer_key,
      currency_code,
      snapshot_date,
      store_id AS main_store_id,
      ROW_NUMBER() OVER (
        PARTITION BY customer_key, currency_code, snapshot_date
        ORDER BY gross_minor DESC, store_id NULLS LAST
      ) AS _w
    FROM snap_store_customers
    WHERE
      customer_key <> ''
      AND snapshot_date >= :first_date
      AND snapshot_date <= :last_date
  ) AS _t
  WHERE
    _w = 1
), final AS (
  SELECT
    bought.customer_key,
    bought.currency_code,
    bought.main_store_id,
    CASE WHEN kinds.customer_kind = 'business' THEN 'business' ELSE 'consumer' END AS board_kind,
    bought.snapshot_date
  FROM bought
  LEFT JOIN int_customer_kinds AS kinds
    ON bought.customer_key = kinds.customer_key
    AND bought.snapshot_date = kinds.snapshot_date
)
SELECT
  *
FROM final
