/*
grain: one row per reference or identifier
kind: full
inputs: [int_identity_evidence, int_identity_overrides, stg_orders, stg_customers, stg_leads, raw_identifier_aliases]
unique: [node_key]
describe: References and identifiers, and since when each is known. ‖ 编号与标识的首次出现日期。
*/
with told as (
    select customer_key as node_key, business_date as seen_on from stg_orders
    union all
    select customer_key, joined_on from stg_customers
    union all
    select customer_key, business_date from stg_leads
),

seen as (
    select node_key, min(seen_on) as seen_on
    from told
    where node_key is not null
    group by node_key
),

sighted as (
    select coalesce(aliases.oldest_key, seen.node_key) as node_key, seen.seen_on
    from seen
    left join raw_identifier_aliases as aliases on seen.node_key = aliases.node_key
    union all
    select carrier_key, first_seen_on from int_identity_evidence
    union all
    select identifier_key, first_seen_on from int_identity_evidence
    union all
    select customer_key, cast(null as date) from int_identity_overrides
    union all
    select other_key, cast(null as date) from int_identity_overrides
),

final as (
    select
        node_key,
        coalesce(min(seen_on), cast('9999-12-31' as date)) as first_seen_on
    from sighted
    group by node_key
)

select * from final
