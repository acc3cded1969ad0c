/*
grain: one row per scope of cost rules and day on which a gap in it begins
kind: audit
severity: warn
inputs: [stg_cost_rules]
describe: "Days inside the life of a scope on which no rule of it, or of a wider one, holds. ‖ 成本规则的空档。"
*/
with scopes as (
    select
        component, basis, store_id, channel, platform, tender, category,
        min(valid_from) as first_on, max(valid_to) as last_on
    from stg_cost_rules
    group by component, basis, store_id, channel, platform, tender, category
),

ends as (
    select distinct scopes.*, cast(rules.valid_to + interval '1' day as date) as gap_on
    from scopes
    inner join stg_cost_rules as rules
        on scopes.component = rules.component
        and scopes.basis = rules.basis
        and coalesce(rules.store_id, scopes.store_id, '') = coalesce(scopes.store_id, '')
        and coalesce(rules.channel, scopes.channel, '') = coalesce(scopes.channel, '')
        and coalesce(rules.platform, scopes.platform, '') = coalesce(scopes.platform, '')
        and coalesce(rules.tender, scopes.tender, '') = coalesce(scopes.tender, '')
        and coalesce(rules.category, scopes.category, '') = coalesce(scopes.category, '')
    where rules.valid_to >= scopes.first_on and rules.valid_to < scopes.last_on
),

failures as (
    select
        ends.component, ends.basis, ends.store_id, ends.channel, ends.platform, ends.tender,
        ends.category, ends.gap_on
    from ends
    left join stg_cost_rules as rules
        on ends.component = rules.component
        and ends.basis = rules.basis
        and ends.gap_on >= rules.valid_from
        and ends.gap_on <= rules.valid_to
        and coalesce(rules.store_id, ends.store_id, '') = coalesce(ends.store_id, '')
        and coalesce(rules.channel, ends.channel, '') = coalesce(ends.channel, '')
        and coalesce(rules.platform, ends.platform, '') = coalesce(ends.platform, '')
        and coalesce(rules.tender, ends.tender, '') = coalesce(ends.tender, '')
        and coalesce(rules.category, ends.category, '') = coalesce(ends.category, '')
    where rules.rule_id is null
)

select * from failures
