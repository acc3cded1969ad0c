/*
grain: one row per month, kind of customer, stage at the end of the month before and stage at its end
kind: full
inputs: [int_monthly_moves, ref_stage_goals]
unique: [month_starts_on, customer_kind, stage_before, stage]
params: [group_currency]
publish: true
describe: "How customers moved between stages in a month, against the goals: how many of how many, and what they brought in it. ‖ 月度阶段迁移矩阵与目标。"
*/
-- Of a stage without customers no goal is met or missed.
with final as (
    select
        month_starts_on, customer_kind, moves.state_before as stage_before, moves.state as stage,
        customer_count, before_count, migration_ratio, goals.goal_bound, goals.goal_ratio,
        case goals.goal_bound
            when 'at_least' then migration_ratio >= goals.goal_ratio
            when 'at_most' then migration_ratio <= goals.goal_ratio
        end as is_goal_met,
        true_profit_minor,
        cast(:group_currency as text) as currency_code
    from int_monthly_moves as moves
    left join ref_stage_goals as goals
        on moves.state_before = goals.stage_before and moves.state = goals.stage
    where state_kind = 'stage'
)

select * from final
