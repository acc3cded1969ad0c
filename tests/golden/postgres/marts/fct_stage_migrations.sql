-- include/sql/marts/fct_stage_migrations.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    month_starts_on,
    customer_kind,
    moves.state_before AS stage_before,
    moves.state AS stage,
    customer_count,
    before_count,
    migration_ratio,
    goals.goal_bound,
    goals.goal_ratio,
    CASE goals.goal_bound
      WHEN 'at_least'
      THEN migration_ratio >= goals.goal_ratio
      WHEN 'at_most'
      THEN migration_ratio <= goals.goal_ratio
    END AS is_goal_met,
    true_profit_minor,
    CAST(:group_currency AS TEXT) AS currency_code
  FROM int_monthly_moves AS moves
  LEFT JOIN ref_stage_goals AS goals
    ON moves.state_before = goals.stage_before AND moves.state = goals.stage
  WHERE
    state_kind = 'stage'
)
SELECT
  *
FROM final
