/*
grain: one row per month, kind of customer, stage at the end of the month before and stage at its end
kind: full
inputs: [int_monthly_states, ref_stage_goals]
unique: [month_starts_on, customer_kind, stage_before, stage]
params: [group_currency]
publish: true
describe: "How customers moved between stages in a month, against the goals: how many of how many, and what they brought in it. ‖ 月度阶段迁移矩阵与目标。"
*/
with moves as (
    select
        month_starts_on, customer_kind, state_before, state,
        count(*) as customer_count,
        sum(true_profit_minor) as true_profit_minor
    from int_monthly_states
    where state_kind = 'stage'
    group by month_starts_on, customer_kind, state_before, state
),

stages as (
    select 'establish' as stage union all select 'stabilise' union all select 'strengthen'
),

-- Every cell of the matrix, also those nobody moved through; the new have no stage before.
cells as (
    select months.month_starts_on, months.customer_kind, befores.stage as stage_before, afters.stage
    from (select distinct month_starts_on, customer_kind from moves) as months
    cross join (select stage from stages union all select 'new') as befores
    cross join (select stage from stages union all select 'gone') as afters
    where befores.stage <> 'new' or afters.stage <> 'gone'
),

counted as (
    select
        cells.*,
        coalesce(moves.customer_count, 0) as customer_count,
        coalesce(moves.true_profit_minor, 0) as true_profit_minor
    from cells
    left join moves
        on cells.month_starts_on = moves.month_starts_on
        and cells.customer_kind = moves.customer_kind
        and cells.stage_before = moves.state_before
        and cells.stage = moves.state
),

totalled as (
    select
        *,
        sum(customer_count) over (
            partition by month_starts_on, customer_kind, stage_before
        ) as before_count
    from counted
),

-- Of a stage without customers no probability is known, and no goal met or missed.
measured as (
    select
        *,
        cast(customer_count as double) / nullif(cast(before_count as double), 0)
            as migration_ratio
    from totalled
),

final as (
    select
        month_starts_on, customer_kind, measured.stage_before, measured.stage,
        cast(customer_count as bigint) as customer_count,
        cast(before_count as bigint) as before_count,
        migration_ratio, goals.goal_bound, goals.goal_ratio,
        case goals.goal_bound
            when 'at_least' then migration_ratio >= goals.goal_ratio
            when 'at_most' then migration_ratio <= goals.goal_ratio
        end as is_goal_met,
        cast(true_profit_minor as bigint) as true_profit_minor,
        cast(:group_currency as text) as currency_code
    from measured
    left join ref_stage_goals as goals
        on measured.stage_before = goals.stage_before and measured.stage = goals.stage
)

select * from final
