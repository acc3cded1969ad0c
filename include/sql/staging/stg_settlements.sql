/*
grain: one row per settlement line
kind: view
inputs: [raw_settlements]
unique: [store_id, platform, settlement_id]
describe: Payout lines of the platforms, each once. ‖ 平台结算明细，每笔一行。
*/
with newest as (
    select
        store_id || ':' || order_id as order_key,
        settlement_id,
        platform,
        store_id,
        fee_type,
        amount_minor,
        payout_date,
        order_id,
        payout_id,
        currency_code,
        source_system,
        source_file_sha256,
        source_row
    from raw_settlements
    qualify row_number() over (
        partition by store_id, platform, settlement_id
        order by coalesce(revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
