/*
grain: one row per pair of cost rules that apply to the same sale with equal right
kind: audit
severity: warn
inputs: [stg_cost_rules]
describe: "Cost rules of one scope and priority that hold on the same day; the first by its id is used. ‖ 重叠的成本规则。"
*/
with failures as (
    select
        rules.rule_id,
        others.rule_id as other_rule_id,
        greatest(rules.valid_from, others.valid_from) as overlaps_on
    from stg_cost_rules as rules
    inner join stg_cost_rules as others
        on rules.component = others.component
        and rules.basis = others.basis
        and rules.priority = others.priority
        and rules.rule_id < others.rule_id
        and rules.valid_from <= others.valid_to
        and others.valid_from <= rules.valid_to
        and coalesce(rules.store_id, '') = coalesce(others.store_id, '')
        and coalesce(rules.channel, '') = coalesce(others.channel, '')
        and coalesce(rules.platform, '') = coalesce(others.platform, '')
        and coalesce(rules.tender, '') = coalesce(others.tender, '')
        and coalesce(rules.category, '') = coalesce(others.category, '')
)

select * from failures
