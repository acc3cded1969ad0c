/*
grain: one row per override in force
kind: full
inputs: [stg_customer_overrides, raw_identifier_aliases]
unique: [override_id]
params: [business_date]
describe: What people decided and what is in force, under the oldest key. ‖ 生效中的人工裁定。
*/
with in_force as (
    select
        override_id, override_kind, customer_key, decided_on,
        coalesce(other_customer_key, identifier_hash) as other_key,
        source_system, source_file_sha256, source_row
    from stg_customer_overrides
    where
        override_kind in ('same_customer', 'different_customer', 'not_theirs')
        and decided_on <= :business_date
        and (valid_to is null or valid_to >= :business_date)
),

final as (
    select
        in_force.override_id,
        in_force.override_kind,
        coalesce(ones.oldest_key, in_force.customer_key) as customer_key,
        coalesce(others.oldest_key, in_force.other_key) as other_key,
        in_force.decided_on,
        in_force.source_system,
        in_force.source_file_sha256,
        in_force.source_row
    from in_force
    left join raw_identifier_aliases as ones on in_force.customer_key = ones.node_key
    left join raw_identifier_aliases as others on in_force.other_key = others.node_key
    where in_force.other_key is not null
)

select * from final
