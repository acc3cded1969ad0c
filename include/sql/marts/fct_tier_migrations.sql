/*
grain: one row per month, kind of customer, tier at the end of the month before and tier at its end
kind: full
inputs: [int_monthly_states]
unique: [month_starts_on, customer_kind, tier_before, tier]
params: [group_currency]
publish: true
describe: "How customers moved between tiers in a month: how many of how many, and what they brought in it. ‖ 月度等级迁移矩阵。"
*/
with moves as (
    select
        month_starts_on, customer_kind, state_before, state,
        count(*) as customer_count,
        sum(true_profit_minor) as true_profit_minor
    from int_monthly_states
    where state_kind = 'tier'
    group by month_starts_on, customer_kind, state_before, state
),

tiers as (
    select 'platinum' as tier union all select 'gold' union all select 'iron'
    union all select 'lead'
),

-- Every cell of the matrix, also those nobody moved through; the new have no tier before.
cells as (
    select months.month_starts_on, months.customer_kind, befores.tier as tier_before, afters.tier
    from (select distinct month_starts_on, customer_kind from moves) as months
    cross join (select tier from tiers union all select 'new') as befores
    cross join (select tier from tiers union all select 'gone') as afters
    where befores.tier <> 'new' or afters.tier <> 'gone'
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
        and cells.tier_before = moves.state_before
        and cells.tier = moves.state
),

totalled as (
    select
        *,
        sum(customer_count) over (
            partition by month_starts_on, customer_kind, tier_before
        ) as before_count
    from counted
),

-- Of a tier without customers no probability is known.
final as (
    select
        month_starts_on, customer_kind, tier_before, tier,
        cast(customer_count as bigint) as customer_count,
        cast(before_count as bigint) as before_count,
        cast(customer_count as double) / nullif(cast(before_count as double), 0)
            as migration_ratio,
        cast(true_profit_minor as bigint) as true_profit_minor,
        cast(:group_currency as text) as currency_code
    from totalled
)

select * from final
