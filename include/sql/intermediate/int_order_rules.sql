/*
grain: one row per sale context, component and basis
kind: days
inputs: [int_orders, stg_cost_rules]
unique: [store_id, channel, platform, component, basis, business_date]
params: [first_date, last_date]
describe: The cost rule in force for a kind of sale on a day; priority, then the narrower scope. ‖ 当日适用的成本规则。
*/
with contexts as (
    select distinct store_id, channel, platform, currency_code, business_date
    from int_orders
    where business_date >= :first_date and business_date <= :last_date
),

matched as (
    select
        contexts.store_id,
        contexts.channel,
        contexts.platform,
        stg_cost_rules.component,
        stg_cost_rules.basis,
        stg_cost_rules.rule_id,
        coalesce(stg_cost_rules.rate_bps, 0) as rate_bps,
        coalesce(stg_cost_rules.amount_minor, 0) as amount_minor,
        contexts.business_date
    from contexts
    inner join stg_cost_rules
        on stg_cost_rules.component in ('packaging', 'commission')
        and contexts.store_id = coalesce(stg_cost_rules.store_id, contexts.store_id)
        and contexts.channel = coalesce(stg_cost_rules.channel, contexts.channel)
        and contexts.platform = coalesce(stg_cost_rules.platform, contexts.platform)
        -- A share knows no currency, an amount does.
        and (
            stg_cost_rules.basis = 'rate'
            or contexts.currency_code = stg_cost_rules.currency_code
        )
        and contexts.business_date >= stg_cost_rules.valid_from
        and contexts.business_date <= stg_cost_rules.valid_to
    qualify row_number() over (
        partition by
            contexts.store_id, contexts.channel, contexts.platform, contexts.business_date,
            stg_cost_rules.component, stg_cost_rules.basis
        order by
            stg_cost_rules.priority desc,
            stg_cost_rules.scope_count desc,
            stg_cost_rules.rule_id
    ) = 1
)

select * from matched
