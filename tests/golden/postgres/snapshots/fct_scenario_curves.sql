-- include/sql/snapshots/fct_scenario_curves.sql, as postgres reads it; python -m regulars docs
WITH placed AS (
  SELECT
    *,
    CAST(DIV((
      customer_rank * 100 + customer_count - 1
    ), customer_count) AS BIGINT) AS customer_percent
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
        ORDER BY customer_rank DESC NULLS LAST
      ) AS _w
    FROM placed
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM final
