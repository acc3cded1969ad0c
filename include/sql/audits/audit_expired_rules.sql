/*
grain: one row per cost rule that ended while its kind of sale goes on
kind: audit
severity: warn
inputs: [stg_cost_rules, fct_orders]
describe: "Rules that ended without a successor: sales after them bear no such cost. ‖ 已过期且无后续的成本规则。"
*/
with sales as (
    select store_id, channel, platform, business_date, count(*) as order_count
    from fct_orders
    where is_paid
    group by store_id, channel, platform, business_date
),

after_the_end as (
    select rules.rule_id, rules.component, rules.basis, rules.valid_to, sales.*,
        rules.tender, rules.category
    from stg_cost_rules as rules
    inner join sales
        on sales.business_date > rules.valid_to
        and sales.store_id = coalesce(rules.store_id, sales.store_id)
        and sales.channel = coalesce(rules.channel, sales.channel)
        and sales.platform = coalesce(rules.platform, sales.platform)
),

failures as (
    select
        expired.rule_id, expired.component, expired.valid_to,
        cast(sum(expired.order_count) as bigint) as order_count
    from after_the_end as expired
    left join stg_cost_rules as heirs
        on expired.component = heirs.component
        and expired.basis = heirs.basis
        and expired.business_date >= heirs.valid_from
        and expired.business_date <= heirs.valid_to
        and expired.store_id = coalesce(heirs.store_id, expired.store_id)
        and expired.channel = coalesce(heirs.channel, expired.channel)
        and expired.platform = coalesce(heirs.platform, expired.platform)
        and coalesce(heirs.tender, expired.tender, '') = coalesce(expired.tender, '')
        and coalesce(heirs.category, expired.category, '') = coalesce(expired.category, '')
    where heirs.rule_id is null
    group by expired.rule_id, expired.component, expired.valid_to
)

select * from failures
