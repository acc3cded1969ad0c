/*
grain: one row per settlement line
kind: view
inputs: [raw_settlements, ops_superseded_settlements]
unique: [store_id, platform, settlement_id]
describe: Payout lines of the platforms, each once. ‖ 平台结算明细，每笔一行。
*/
with newest as (
    select
        raw.store_id || ':' || raw.order_id as order_key,
        raw.settlement_id,
        raw.platform,
        raw.store_id,
        raw.fee_type,
        raw.amount_minor,
        raw.payout_date,
        raw.order_id,
        raw.payout_id,
        raw.currency_code,
        raw.source_system,
        raw.source_file_sha256,
        raw.source_row
    from raw_settlements as raw
    left join ops_superseded_settlements as superseded
        on raw.store_id = superseded.store_id
        and raw.platform = superseded.platform
        and raw.settlement_id = superseded.settlement_id
        and raw.source_file_sha256 = superseded.source_file_sha256
        and raw.source_row = superseded.source_row
    where superseded.source_row is null
)

select * from newest
