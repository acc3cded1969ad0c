-- include/sql/marts/int_monthly_moves.sql, as spark reads it; python -m regulars docs
WITH moves AS (
  SELECT
    month_starts_on,
    customer_kind,
    state_kind,
    state_before,
    state,
    COUNT(*) AS customer_count,
    SUM(true_profit_minor) AS true_profit_minor
  FROM int_monthly_states
  GROUP BY
    month_starts_on,
    customer_kind,
    state_kind,
    state_before,
    state
), states AS (
  SELECT
    'tier' AS state_kind,
    'platinum' AS state
  UNION ALL
  SELECT
    'tier',
    'gold'
  UNION ALL
  SELECT
    'tier',
    'iron'
  UNION ALL
  SELECT
    'tier',
    'lead'
  UNION ALL
  SELECT
    'stage',
    'establish'
  UNION ALL
  SELECT
    'stage',
    'stabilise'
  UNION ALL
  SELECT
    'stage',
    'strengthen'
), befores AS (
  SELECT
    state_kind,
    state
  FROM states
  UNION ALL
  SELECT DISTINCT
    state_kind,
    'new'
  FROM states
), afters AS (
  SELECT
    state_kind,
    state
  FROM states
  UNION ALL
  SELECT DISTINCT
    state_kind,
    'gone'
  FROM states
), cells AS (
  SELECT
    months.month_starts_on,
    months.customer_kind,
    months.state_kind,
    befores.state AS state_before,
    afters.state
  FROM (
    SELECT DISTINCT
      month_starts_on,
      customer_kind,
      state_kind
    FROM moves
  ) AS months
  INNER JOIN befores
    ON months.state_kind = befores.state_kind
  INNER JOIN afters
    ON months.state_kind = afters.state_kind
  WHERE
    befores.state <> 'new' OR afters.state <> 'gone'
), counted AS (
  SELECT
    cells.*,
    COALESCE(moves.customer_count, 0) AS customer_count,
    COALESCE(moves.true_profit_minor, 0) AS true_profit_minor
  FROM cells
  LEFT JOIN moves
    ON cells.month_starts_on = moves.month_starts_on
    AND cells.customer_kind = moves.customer_kind
    AND cells.state_kind = moves.state_kind
    AND cells.state_before = moves.state_before
    AND cells.state = moves.state
), totalled AS (
  SELECT
    *,
    SUM(customer_count) OVER (PARTITION BY month_starts_on, customer_kind, state_kind, state_before) AS before_count
  FROM counted
), final AS (
  SELECT
    month_starts_on,
    customer_kind,
    state_kind,
    state_before,
    state,
    CAST(customer_count AS BIGINT) AS customer_count,
    CAST(before_count AS BIGINT) AS before_count,
    CAST(customer_count AS DOUBLE) / NULLIF(CAST(before_count AS DOUBLE), 0) AS migration_ratio,
    CAST(true_profit_minor AS BIGINT) AS true_profit_minor
  FROM totalled
)
SELECT
  *
FROM final
