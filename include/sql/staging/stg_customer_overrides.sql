/*
grain: "one row per decision of a person: its newest revision"
kind: view
inputs: [raw_customer_overrides]
unique: [override_id]
describe: What people decided about customers; it wins over every rule. ‖ 人工决定，优先于一切规则。
*/
with newest as (
    select
        override_id,
        override_kind,
        customer_key,
        decided_by,
        decided_on,
        reason,
        other_customer_key,
        identifier_type,
        identifier_hash,
        customer_kind,
        valid_to,
        source_system,
        source_file_sha256,
        source_row
    from raw_customer_overrides
    qualify row_number() over (
        partition by override_id
        order by coalesce(revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
