/*
grain: one row per settlement line
kind: full
inputs: [stg_settlements, stg_orders]
unique: [store_id, platform, settlement_id]
describe: "Which order a payout line is about: by order number, else by the platform's own. ‖ 结算明细与订单的匹配。"
*/
with by_number as (
    select order_key, order_key as settled_key from stg_orders
),

-- A platform's number that several orders of the store carry tells nothing.
by_platform as (
    select
        store_id, platform, external_order_id,
        min(order_key) as order_key,
        count(*) as order_count
    from stg_orders
    where external_order_id is not null and platform is not null
    group by store_id, platform, external_order_id
),

final as (
    select
        stg_settlements.settlement_id,
        stg_settlements.platform,
        stg_settlements.store_id,
        stg_settlements.fee_type,
        stg_settlements.amount_minor,
        stg_settlements.payout_date,
        stg_settlements.currency_code,
        coalesce(by_number.order_key, case
            when by_platform.order_count = 1 then by_platform.order_key
        end) as order_key,
        case
            when stg_settlements.order_id is null then 'store'
            when by_number.order_key is not null then 'order_id'
            when by_platform.order_count = 1 then 'external_order_id'
            when by_platform.order_count > 1 then 'ambiguous'
            else 'unmatched'
        end as matched_by,
        stg_settlements.source_file_sha256,
        stg_settlements.source_row
    from stg_settlements
    left join by_number on stg_settlements.order_key = by_number.settled_key
    left join by_platform
        on stg_settlements.store_id = by_platform.store_id
        and stg_settlements.platform = by_platform.platform
        and stg_settlements.order_id = by_platform.external_order_id
)

select * from final
