/*
grain: one row per statement of an identifier of a customer
kind: view
inputs: [raw_customer_identifiers]
describe: Further identifiers of customers (keyed hashes). ‖ 客户的其他身份标识（加密哈希）。
*/
with stated as (
    select
        customer_key,
        identifier_type,
        identifier_hash,
        first_seen_on,
        source_system,
        source_file_sha256,
        source_row
    from raw_customer_identifiers
    where identifier_hash is not null
)

select * from stated
