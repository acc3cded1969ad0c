/*
grain: one row per statement that somebody is known by an identifier
kind: view
inputs: [stg_customers, stg_customer_identifiers, int_order_carriers, raw_identifier_aliases]
describe: "Every statement that joins a carrier and an identifier, under the oldest key. ‖ 全部身份陈述。"
*/
with stated as (
    select
        customer_key as carrier_key, phone_hash as identifier_key, 'phone' as identifier_type,
        'customers' as evidence, joined_on as seen_on,
        source_system, source_file_sha256, source_row
    from stg_customers
    where phone_hash is not null
    union all
    select
        customer_key, email_hash, 'email', 'customers', joined_on,
        source_system, source_file_sha256, source_row
    from stg_customers
    where email_hash is not null
    union all
    select
        customer_key, identifier_hash, identifier_type, 'customer_identifiers', first_seen_on,
        source_system, source_file_sha256, source_row
    from stg_customer_identifiers
    union all
    select
        carrier_key, identifier_key, identifier_type, 'order_identifiers', seen_on,
        source_system, source_file_sha256, source_row
    from int_order_carriers
),

final as (
    select
        coalesce(carriers.oldest_key, stated.carrier_key) as carrier_key,
        coalesce(identifiers.oldest_key, stated.identifier_key) as identifier_key,
        stated.identifier_type,
        stated.evidence,
        stated.seen_on,
        stated.source_system,
        stated.source_file_sha256,
        stated.source_row
    from stated
    left join raw_identifier_aliases as carriers on stated.carrier_key = carriers.node_key
    left join raw_identifier_aliases as identifiers
        on stated.identifier_key = identifiers.node_key
)

select * from final
