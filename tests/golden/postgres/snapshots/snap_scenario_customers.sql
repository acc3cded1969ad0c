-- include/sql/snapshots/snap_scenario_customers.sql, as postgres reads it; python -m regulars docs
WITH assumed AS (
  SELECT
    boards.scope,
    boards.scope_id,
    scenarios.scenario,
    boards.customer_key,
    boards.currency_code,
    boards.true_profit_minor,
    (
      food_cost_minor * (
        food_percent - 100
      ) + packaging_cost_minor * (
        packaging_percent - 100
      ) + channel_cost_minor * (
        channel_percent - 100
      ) + payment_fee_minor * (
        payment_percent - 100
      ) + incentive_cost_minor * (
        incentive_percent - 100
      ) + contact_cost_minor * (
        contact_percent - 100
      ) + service_cost_minor * (
        service_percent - 100
      ) + complaint_cost_minor * (
        complaint_percent - 100
      ) + acquisition_cost_minor * (
        acquisition_percent - 100
      ) + credit_cost_minor * (
        credit_percent - 100
      )
    ) AS extra_cost,
    boards.snapshot_date
  FROM snap_board_customers AS boards
  CROSS JOIN ref_cost_scenarios AS scenarios
  WHERE
    boards.snapshot_date >= :first_date AND boards.snapshot_date <= :last_date
), costed AS (
  SELECT
    scope,
    scope_id,
    scenario,
    customer_key,
    currency_code,
    CAST(true_profit_minor - CAST(SIGN(extra_cost) AS BIGINT) * (
      CAST(DIV((
        ABS(extra_cost) + 50
      ), 100) AS BIGINT)
    ) AS BIGINT) AS scenario_profit_minor,
    snapshot_date
  FROM assumed
), ranked AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY scope, scope_id, scenario, currency_code, snapshot_date
      ORDER BY scenario_profit_minor DESC NULLS LAST, customer_key
    ) AS customer_rank,
    COUNT(*) OVER (PARTITION BY scope, scope_id, scenario, currency_code, snapshot_date) AS customer_count
  FROM costed
), final AS (
  SELECT
    scope,
    scope_id,
    scenario,
    CAST(customer_rank AS BIGINT) AS customer_rank,
    CAST(customer_count AS BIGINT) AS customer_count,
    currency_code,
    scenario_profit_minor,
    CAST(SUM(scenario_profit_minor) OVER (
      PARTITION BY scope, scope_id, scenario, currency_code, snapshot_date
      ORDER BY customer_rank
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS BIGINT) AS cumulative_profit_minor,
    snapshot_date
  FROM ranked
)
SELECT
  *
FROM final
