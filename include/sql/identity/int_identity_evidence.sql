/*
grain: one row per carrier and identifier
kind: full
inputs: [int_identity_sightings, int_identity_overrides]
unique: [carrier_key, identifier_key]
describe: "What is known of a carrier and an identifier: its first statement, how often, since when. ‖ 身份证据。"
*/
with seen as (
    select
        carrier_key,
        identifier_key,
        min(identifier_type) as identifier_type,
        min(
            cast(coalesce(seen_on, cast('9999-12-31' as date)) as text) || '|' || evidence || '|'
            || source_system || '|' || source_file_sha256 || '|'
            || lpad(cast(source_row as text), 12, '0')
        ) as first_statement,
        min(seen_on) as first_seen_on,
        max(seen_on) as last_seen_on,
        cast(count(*) as bigint) as sighting_count
    from int_identity_sightings
    group by carrier_key, identifier_key
),

denied as (
    select distinct customer_key, other_key
    from int_identity_overrides
    where override_kind = 'not_theirs'
),

final as (
    select
        seen.carrier_key,
        seen.identifier_key,
        seen.identifier_type,
        split_part(seen.first_statement, '|', 2) as evidence,
        split_part(seen.first_statement, '|', 3) as source_system,
        split_part(seen.first_statement, '|', 4) as source_file_sha256,
        cast(split_part(seen.first_statement, '|', 5) as bigint) as source_row,
        seen.first_seen_on,
        seen.last_seen_on,
        seen.sighting_count,
        case
            when seen.identifier_type = 'card_suffix' then 'never_links'
            when denied.customer_key is not null then 'not_theirs'
        end as why_not
    from seen
    left join denied
        on seen.carrier_key = denied.customer_key and seen.identifier_key = denied.other_key
)

select * from final
