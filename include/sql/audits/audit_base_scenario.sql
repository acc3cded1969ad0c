/*
grain: one row per board whose base scenario is not the published board
kind: audit
severity: error
inputs: [fct_concentration, fct_whale_scenarios, fct_scenario_curves, fct_whale_curve]
describe: The base of the cost sweep is the published curve, figure by figure and point by point. ‖ 基准情景等于已发布曲线。
*/
with base as (
    select * from fct_whale_scenarios where scenario = 'base'
),

figures as (
    select boards.scope, boards.scope_id, boards.currency_code, boards.snapshot_date
    from fct_concentration as boards
    left join base
        on boards.scope = base.scope
        and boards.scope_id = base.scope_id
        and boards.currency_code = base.currency_code
        and boards.snapshot_date = base.snapshot_date
    where
        base.scope is null
        or boards.true_profit_minor <> base.true_profit_minor
        or boards.peak_minor <> base.peak_minor
        or boards.erosion_minor <> base.erosion_minor
        or boards.without_top_5_minor <> base.without_top_5_minor
        or coalesce(boards.k80_count, 0) <> coalesce(base.k80_count, 0)
        or boards.below_zero_ratio <> base.below_zero_ratio
),

points as (
    select points.scope, points.scope_id, points.currency_code, points.snapshot_date
    from fct_scenario_curves as points
    left join fct_whale_curve as curve
        on points.scope = curve.scope
        and points.scope_id = curve.scope_id
        and points.customer_rank = curve.customer_rank
        and points.currency_code = curve.currency_code
        and points.snapshot_date = curve.snapshot_date
    where
        points.scenario = 'base'
        and (
            curve.scope is null
            or points.cumulative_profit_minor <> curve.cumulative_profit_minor
        )
),

failures as (
    select * from figures
    union all
    select * from points
)

select * from failures
