/*
grain: one row per identifier that too many people share
kind: audit
severity: warn
inputs: [ops_barred_identifiers]
describe: "Identifiers that more people carry than the policy allows: they link nobody. ‖ 多人共用的身份标识，已停用。"
*/
with failures as (
    select node_key, carrier_count, why_not
    from ops_barred_identifiers
    where why_not = 'shared'
)

select * from failures
