-- include/sql/snapshots/fct_whale_scenarios.sql, as postgres reads it; python -m regulars docs
WITH curve AS (
  SELECT
    *,
    CAST(SUM(scenario_profit_minor) OVER (PARTITION BY scope, scope_id, scenario, currency_code, snapshot_date) AS BIGINT) AS total_minor
  FROM snap_scenario_customers
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), summed AS (
  SELECT
    scope,
    scope_id,
    scenario,
    currency_code,
    snapshot_date,
    MAX(customer_count) AS customer_count,
    MAX(total_minor) AS total_minor,
    GREATEST(MAX(cumulative_profit_minor), 0) AS peak_minor,
    COUNT(*) FILTER(WHERE
      scenario_profit_minor > 0) AS peak_count,
    MIN(customer_rank) FILTER(WHERE
      cumulative_profit_minor * 5 >= total_minor * 4) AS k80_rank,
    COUNT(*) FILTER(WHERE
      scenario_profit_minor < 0) AS below_zero_count,
    CAST(SUM(scenario_profit_minor) FILTER(WHERE
      customer_rank <= 5) AS BIGINT) AS top_5_minor
  FROM curve
  GROUP BY
    scope,
    scope_id,
    scenario,
    currency_code,
    snapshot_date
), final AS (
  SELECT
    scope,
    scope_id,
    scenario,
    currency_code,
    CAST(customer_count AS BIGINT) AS customer_count,
    CAST(total_minor AS BIGINT) AS true_profit_minor,
    CAST(peak_minor AS BIGINT) AS peak_minor,
    CAST(CAST(peak_count AS DOUBLE PRECISION) / NULLIF(customer_count, 0) AS DOUBLE PRECISION) AS peak_customer_ratio,
    CAST(peak_minor - total_minor AS BIGINT) AS erosion_minor,
    CAST(CASE WHEN total_minor > 0 THEN k80_rank END AS BIGINT) AS k80_count,
    CAST(CASE
      WHEN total_minor > 0
      THEN CAST(k80_rank AS DOUBLE PRECISION) / NULLIF(customer_count, 0)
    END AS DOUBLE PRECISION) AS k80_ratio,
    CAST(CAST(below_zero_count AS DOUBLE PRECISION) / NULLIF(customer_count, 0) AS DOUBLE PRECISION) AS below_zero_ratio,
    CAST(total_minor - top_5_minor AS BIGINT) AS without_top_5_minor,
    snapshot_date
  FROM summed
)
SELECT
  *
FROM final
