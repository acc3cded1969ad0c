/*
grain: one row per statement of an identifier on an order
kind: view
inputs: [stg_orders, stg_order_identifiers]
describe: "Who carries the identifiers of an order: its reference, else its strongest identifier. ‖ 订单标识的归属。"
*/
with spoken as (
    select
        orders.customer_key as reference_key,
        orders.business_date as seen_on,
        identifiers.order_key,
        identifiers.identifier_type,
        identifiers.identifier_hash,
        identifiers.is_linkable,
        identifiers.source_system,
        identifiers.source_file_sha256,
        identifiers.source_row,
        first_value(identifiers.identifier_hash) over (
            partition by identifiers.order_key
            order by identifiers.strength_rank, identifiers.identifier_hash,
                identifiers.source_file_sha256, identifiers.source_row
        ) as strongest_hash
    from stg_order_identifiers as identifiers
    inner join stg_orders as orders on identifiers.order_key = orders.order_key
),

final as (
    select
        order_key,
        coalesce(reference_key, strongest_hash) as carrier_key,
        identifier_hash as identifier_key,
        identifier_type,
        seen_on,
        source_system,
        source_file_sha256,
        source_row
    from spoken
)

select * from final
