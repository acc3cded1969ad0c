/*
grain: "one row per override: its newest revision"
kind: view
inputs: [raw_customer_overrides]
unique: [override_id]
describe: What people decided about customers; it wins over every rule. ‖ 人工对客户的裁定，优先于一切规则。
*/
with newest as (
    select
        override_id,
        override_kind,
        customer_key,
        other_customer_key,
        identifier_type,
        identifier_hash,
        customer_kind,
        offer_minor,
        decided_on,
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
