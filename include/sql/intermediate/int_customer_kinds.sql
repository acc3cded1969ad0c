/*
grain: one row per known customer and snapshot date
kind: snapshot
inputs: [int_customers, ref_snapshot_dates, int_business_confidences, stg_customer_overrides, ops_identity_map]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, business_confidence_pico]
describe: "What kind of customer each one is: decided by a person, stated, detected, or by default. ‖ 客户类型及其依据。"
*/
with known as (
    select
        int_customers.customer_key,
        int_customers.stated_kind,
        ref_snapshot_dates.snapshot_date
    from int_customers
    inner join ref_snapshot_dates
        on int_customers.known_since_on <= ref_snapshot_dates.snapshot_date
    where
        ref_snapshot_dates.snapshot_date >= :first_date
        and ref_snapshot_dates.snapshot_date <= :last_date
),

decided as (
    select
        known.customer_key,
        known.snapshot_date,
        overrides.customer_kind
    from stg_customer_overrides as overrides
    left join ops_identity_map on overrides.customer_key = ops_identity_map.node_key
    inner join known
        on coalesce(ops_identity_map.customer_key, overrides.customer_key) = known.customer_key
        and overrides.decided_on <= known.snapshot_date
        and coalesce(overrides.valid_to, known.snapshot_date) >= known.snapshot_date
    where overrides.override_kind = 'customer_kind' and overrides.customer_kind is not null
    qualify row_number() over (
        partition by known.customer_key, known.snapshot_date
        order by overrides.decided_on desc, overrides.override_id
    ) = 1
),

judged as (
    select
        known.*,
        decided.customer_kind as decided_kind,
        case when known.stated_kind <> 'consumer' then known.stated_kind end as special_kind,
        coalesce(confidences.confidence_pico, 0) as confidence_pico,
        confidences.business_signs
    from known
    left join decided
        on known.customer_key = decided.customer_key
        and known.snapshot_date = decided.snapshot_date
    left join int_business_confidences as confidences
        on known.customer_key = confidences.customer_key
        and known.snapshot_date = confidences.snapshot_date
),

-- "Consumer" is what a form says when nobody asked: strong signs may outweigh it, no other word.
final as (
    select
        customer_key,
        case
            when decided_kind is not null then decided_kind
            when special_kind is not null then special_kind
            when confidence_pico >= :business_confidence_pico then 'business'
            else 'consumer'
        end as customer_kind,
        case
            when decided_kind is not null then 'override'
            when special_kind is not null then 'stated'
            when confidence_pico >= :business_confidence_pico then 'detected'
            when stated_kind is not null then 'stated'
            else 'default'
        end as kind_source,
        cast(confidence_pico as double) / 1000000000000 as kind_confidence_ratio,
        business_signs,
        snapshot_date
    from judged
)

select * from final
