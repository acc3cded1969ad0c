-- include/sql/snapshots/fct_scenario_curves.sql, as spark reads it; python -m regulars docs
WITH placed AS (
  SELECT
    *,
    (
      customer_rank * 100 + customer_count - 1
    ) DIV customer_count AS customer_percent
  FROM snap_scenario_customers
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), final AS (
  SELECT
    scope,
    scope_id,
    scenario,
    customer_percent,
    customer_rank,
    customer_count,
    currency_code,
    cumulative_profit_minor,
    snapshot_date
  FROM (
    SELECT
      scope,
      scope_id,
      scenario,
      CAST(customer_percent AS BIGINT) AS customer_percent,
      customer_rank,
      customer_count,
      currency_code,
      cumulative_profit_minor,
      snapshot_date,
      ROW_NUMBER() OVER (
        PARTITION BY scope, scope_id, scenario, CAST(customer_percent AS BIGINT), currency_code, snapshot_date
        ORDER BY customer_rank DESC
      ) AS _w
    FROM placed
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM final
