-- include/sql/snapshots/fct_whale_curve.sql, as spark reads it; python -m regulars docs
WITH ranked AS (
  SELECT
    scope,
    scope_id,
    customer_key,
    currency_code,
    true_profit_minor,
    snapshot_date,
    ROW_NUMBER() OVER (
      PARTITION BY scope, scope_id, currency_code, snapshot_date
      ORDER BY true_profit_minor DESC, customer_key NULLS LAST
    ) AS customer_rank,
    COUNT(*) OVER (PARTITION BY scope, scope_id, currency_code, snapshot_date) AS customer_count
  FROM snap_board_customers
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), final AS (
  SELECT
    scope,
    scope_id,
    CAST(customer_rank AS BIGINT) AS customer_rank,
    CAST(customer_count AS BIGINT) AS customer_count,
    customer_key,
    currency_code,
    true_profit_minor,
    CAST(SUM(true_profit_minor) OVER (
      PARTITION BY scope, scope_id, currency_code, snapshot_date
      ORDER BY customer_rank NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS BIGINT) AS cumulative_profit_minor,
    snapshot_date
  FROM ranked
)
SELECT
  *
FROM final
