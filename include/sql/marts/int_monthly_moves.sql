/*
grain: one row per month, kind of customer, kind of state, state at the end of the month before and state at its end
kind: full
inputs: [int_monthly_states]
unique: [month_starts_on, customer_kind, state_kind, state_before, state]
describe: "The monthly matrices: how many of how many moved from state to state, and what they brought. ‖ 月度迁移矩阵。"
*/
with moves as (
    select
        month_starts_on, customer_kind, state_kind, state_before, state,
        count(*) as customer_count,
        sum(true_profit_minor) as true_profit_minor
    from int_monthly_states
    group by month_starts_on, customer_kind, state_kind, state_before, state
),

states as (
    select 'tier' as state_kind, 'platinum' as state union all select 'tier', 'gold'
    union all select 'tier', 'iron' union all select 'tier', 'lead'
    union all select 'stage', 'establish' union all select 'stage', 'stabilise'
    union all select 'stage', 'strengthen'
),

befores as (
    select state_kind, state from states
    union all select distinct state_kind, 'new' from states
),

afters as (
    select state_kind, state from states
    union all select distinct state_kind, 'gone' from states
),

-- Every cell of a matrix, also those nobody moved through; the new have no state before.
cells as (
    select
        months.month_starts_on, months.customer_kind, months.state_kind,
        befores.state as state_before, afters.state
    from (select distinct month_starts_on, customer_kind, state_kind from moves) as months
    inner join befores on months.state_kind = befores.state_kind
    inner join afters on months.state_kind = afters.state_kind
    where befores.state <> 'new' or afters.state <> 'gone'
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
        and cells.state_kind = moves.state_kind
        and cells.state_before = moves.state_before
        and cells.state = moves.state
),

totalled as (
    select
        *,
        sum(customer_count) over (
            partition by month_starts_on, customer_kind, state_kind, state_before
        ) as before_count
    from counted
),

-- Of a state without customers no probability is known.
final as (
    select
        month_starts_on, customer_kind, state_kind, state_before, state,
        cast(customer_count as bigint) as customer_count,
        cast(before_count as bigint) as before_count,
        cast(customer_count as double) / nullif(cast(before_count as double), 0)
            as migration_ratio,
        cast(true_profit_minor as bigint) as true_profit_minor
    from totalled
)

select * from final
