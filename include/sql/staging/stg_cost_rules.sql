/*
grain: one row per cost rule
kind: view
inputs: [raw_cost_rules, ref_cost_rules]
unique: [rule_id]
describe: Costs known by rule, from dropped files and from the policy. ‖ 成本规则（来自文件与政策）。
*/
with dropped as (
    select
        rule_id, component, basis, valid_from, valid_to, rate_bps, amount_minor,
        store_id, channel, platform, tender, category, priority, currency_code
    from raw_cost_rules
    qualify row_number() over (
        partition by rule_id order by source_file_sha256, source_row
    ) = 1
),

stated as (
    select
        rule_id, component, basis, valid_from, valid_to, rate_bps, amount_minor,
        store_id, channel, platform, tender, category, priority, currency_code
    from ref_cost_rules
),

both_kinds as (
    select * from dropped
    union all
    select * from stated
),

final as (
    select
        rule_id, component, basis, valid_from, rate_bps, amount_minor,
        store_id, channel, platform, tender, category, currency_code,
        coalesce(valid_to, cast('9999-12-31' as date)) as valid_to,
        coalesce(priority, 0) as priority,
        cast(
            (case when store_id is null then 0 else 1 end)
            + (case when channel is null then 0 else 1 end)
            + (case when platform is null then 0 else 1 end)
            + (case when tender is null then 0 else 1 end)
            + (case when category is null then 0 else 1 end) as bigint
        ) as scope_count
    from both_kinds
)

select * from final
