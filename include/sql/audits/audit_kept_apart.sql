/*
grain: one row per pair that a person keeps apart and other links still connect
kind: audit
severity: warn
inputs: [int_identity_overrides, ops_identity_map]
describe: "Pairs to be kept apart that are connected through others: take a link from one of them. ‖ 仍被间接关联的拆分。"
*/
with pairs as (
    select
        overrides.override_id,
        overrides.other_key,
        coalesce(ones.customer_key, overrides.customer_key) as customer_key,
        coalesce(others.customer_key, overrides.other_key) as other_customer_key
    from int_identity_overrides as overrides
    left join ops_identity_map as ones on overrides.customer_key = ones.node_key
    left join ops_identity_map as others on overrides.other_key = others.node_key
    where overrides.override_kind = 'different_customer'
),

failures as (
    select override_id, customer_key from pairs where customer_key = other_customer_key
)

select * from failures
