-- include/sql/marts/fct_tier_migrations.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    month_starts_on,
    customer_kind,
    state_before AS tier_before,
    state AS tier,
    customer_count,
    before_count,
    migration_ratio,
    true_profit_minor,
    CAST(:group_currency AS TEXT) AS currency_code
  FROM int_monthly_moves
  WHERE
    state_kind = 'tier'
)
SELECT
  *
FROM final
