-- include/sql/audits/audit_base_scenario.sql, as postgres reads it; python -m regulars docs
WITH base AS (
  SELECT
    *
  FROM fct_whale_scenarios
  WHERE
    scenario = 'base'
), figures AS (
  SELECT
    boards.scope,
    boards.scope_id,
    boards.currency_code,
    boards.snapshot_date
  FROM fct_concentration AS boards
  LEFT JOIN base
    ON boards.scope = base.scope
    AND boards.scope_id = base.scope_id
    AND boards.currency_code = base.currency_code
    AND boards.snapshot_date = base.snapshot_date
  WHERE
    base.scope IS NULL
    OR boards.true_profit_minor <> base.true_profit_minor
    OR boards.peak_minor <> base.peak_minor
    OR boards.erosion_minor <> base.erosion_minor
    OR boards.without_top_5_minor <> base.without_top_5_minor
    OR COALESCE(boards.k80_count, 0) <> COALESCE(base.k80_count, 0)
    OR boards.below_zero_ratio <> base.below_zero_ratio
), points AS (
  SELECT
    points.scope,
    points.scope_id,
    points.currency_code,
    points.snapshot_date
  FROM fct_scenario_curves AS points
  LEFT JOIN fct_whale_curve AS curve
    ON points.scope = curve.scope
    AND points.scope_id = curve.scope_id
    AND points.customer_rank = curve.customer_rank
    AND points.currency_code = curve.currency_code
    AND points.snapshot_date = curve.snapshot_date
  WHERE
    points.scenario = 'base'
    AND (
      curve.scope IS NULL
      OR points.cumulative_profit_minor <> curve.cumulative_profit_minor
    )
), failures AS (
  SELECT
    *
  FROM figures
  UNION ALL
  SELECT
    *
  FROM points
)
SELECT
  *
FROM failures
