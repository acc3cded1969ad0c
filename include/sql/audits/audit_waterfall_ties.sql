/*
grain: one row per board or subtotal of a waterfall that does not tie
kind: audit
severity: error
inputs: [fct_profit_waterfalls, fct_concentration, fct_customer_profits]
describe: "Every waterfall ends at its board's profit, every step of the group's at the customers' own. ‖ 瀑布图逐分相符。"
*/
with levels as (
    select scope, scope_id, step_code, currency_code, snapshot_date, level_minor
    from fct_profit_waterfalls
    where is_subtotal
),

customers as (
    select
        currency_code, snapshot_date,
        cast(sum(net_sales_minor) as bigint) as net_sales_minor,
        cast(sum(cm1_minor) as bigint) as cm1_minor,
        cast(sum(cm2_minor) as bigint) as cm2_minor,
        cast(sum(cm3_minor) as bigint) as cm3_minor,
        cast(sum(true_profit_minor) as bigint) as true_profit_minor
    from fct_customer_profits
    group by currency_code, snapshot_date
),

expected as (
    select
        levels.*,
        case levels.step_code
            when 'net_sales' then net_sales_minor when 'cm1' then cm1_minor
            when 'cm2' then cm2_minor when 'cm3' then cm3_minor else true_profit_minor
        end as expected_minor
    from levels
    inner join customers
        on levels.currency_code = customers.currency_code
        and levels.snapshot_date = customers.snapshot_date
    where levels.scope = 'group'
    union all
    select levels.*, boards.true_profit_minor
    from fct_concentration as boards
    inner join levels
        on boards.scope = levels.scope
        and boards.scope_id = levels.scope_id
        and boards.currency_code = levels.currency_code
        and boards.snapshot_date = levels.snapshot_date
        and levels.step_code = 'true_profit'
),

failures as (
    select * from expected
    where level_minor <> expected_minor
)

select * from failures
