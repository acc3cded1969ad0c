/*
grain: one row per identifier that stopped linking
kind: full
inputs: [int_identity_evidence, int_identity_overrides, raw_identifier_aliases]
unique: [node_key]
params: [max_people]
describe: Identifiers that too many people share, or that a person's decision silenced. ‖ 停用的身份标识。
*/
with carried as (
    select carrier_key, identifier_key
    from int_identity_evidence
    where why_not is null and carrier_key <> identifier_key
),

counted as (
    select identifier_key, cast(count(*) as bigint) as carrier_count
    from carried
    group by identifier_key
),

apart as (
    select distinct ones.identifier_key
    from int_identity_overrides as overrides
    inner join carried as ones on overrides.customer_key = ones.carrier_key
    inner join carried as others
        on overrides.other_key = others.carrier_key
        and ones.identifier_key = others.identifier_key
    where overrides.override_kind = 'different_customer'
),

barred as (
    select
        counted.identifier_key as node_key,
        counted.carrier_count,
        case when apart.identifier_key is not null then 'kept_apart' else 'shared' end as why_not
    from counted
    left join apart on counted.identifier_key = apart.identifier_key
    where counted.carrier_count > :max_people or apart.identifier_key is not null
),

final as (
    select node_key, carrier_count, why_not from barred
    union all
    select aliases.node_key, barred.carrier_count, barred.why_not
    from barred
    inner join raw_identifier_aliases as aliases on barred.node_key = aliases.oldest_key
)

select * from final
