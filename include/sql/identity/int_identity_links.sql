/*
grain: one row per carrier and identifier, or pair of references that a person joined
kind: view
inputs: [int_identity_evidence, int_identity_overrides, ops_barred_identifiers, raw_identifier_aliases]
unique: [carrier_key, identifier_key, evidence]
describe: "Every link between a carrier and an identifier, whether it joins people, else why not. ‖ 身份关联及依据。"
*/
with judged as (
    select
        evidence.carrier_key,
        evidence.identifier_key,
        evidence.identifier_type,
        evidence.evidence,
        evidence.source_system,
        evidence.source_file_sha256,
        evidence.source_row,
        evidence.first_seen_on,
        evidence.last_seen_on,
        evidence.sighting_count,
        coalesce(evidence.why_not, barred.why_not, case
            when carriers.node_key is not null then 'carrier_barred'
        end) as why_not
    from int_identity_evidence as evidence
    left join ops_barred_identifiers as barred on evidence.identifier_key = barred.node_key
    left join ops_barred_identifiers as carriers on evidence.carrier_key = carriers.node_key
    where evidence.carrier_key <> evidence.identifier_key
),

decided as (
    select
        customer_key, other_key,
        min(source_system) as source_system,
        min(source_file_sha256) as source_file_sha256,
        min(source_row) as source_row,
        min(decided_on) as first_seen_on,
        max(decided_on) as last_seen_on,
        cast(count(*) as bigint) as sighting_count
    from int_identity_overrides
    where override_kind = 'same_customer' and customer_key <> other_key
    group by customer_key, other_key
),

gathered as (
    select * from judged
    union all
    select
        customer_key, other_key, 'same_customer', 'customer_overrides', source_system,
        source_file_sha256, source_row, first_seen_on, last_seen_on, sighting_count,
        cast(null as text)
    from decided
    union all
    select
        oldest_key, node_key, 'key_rotation', 'identifier_aliases', cast(null as text),
        cast(null as text), cast(null as bigint), cast(null as date), cast(null as date),
        cast(1 as bigint), cast(null as text)
    from raw_identifier_aliases
),

final as (
    select *, why_not is null as is_linking from gathered
)

select * from final
