/*
grain: one row per store, platform and reason why payout lines found no order
kind: audit
severity: warn
inputs: [int_settlement_orders]
describe: "Payout lines that name an order nobody knows, or one that several share; kept with the store. ‖ 未匹配订单的结算。"
*/
with failures as (
    select
        store_id, platform, matched_by,
        cast(count(*) as bigint) as row_count,
        cast(sum(amount_minor) as bigint) as amount_minor
    from int_settlement_orders
    where matched_by in ('unmatched', 'ambiguous')
    group by store_id, platform, matched_by
)

select * from failures
