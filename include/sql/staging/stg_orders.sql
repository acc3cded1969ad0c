/*
grain: "one row per order: its newest revision"
kind: view
inputs: [raw_orders, ops_superseded_orders]
unique: [store_id, order_id]
describe: Orders as the sources state them, each once. ‖ 各来源的订单，每单一行。
*/
with newest as (
    select
        raw.store_id || ':' || raw.order_id as order_key,
        raw.order_id,
        raw.store_id,
        raw.closed_local_at,
        raw.channel,
        raw.status,
        raw.total_minor,
        raw.opened_local_at,
        raw.platform,
        raw.daypart,
        raw.covers,
        raw.customer_key,
        raw.account_id,
        raw.external_order_id,
        raw.gross_minor,
        raw.discount_minor,
        raw.service_charge_minor,
        raw.delivery_fee_minor,
        raw.packaging_fee_minor,
        raw.tax_minor,
        raw.is_tax_included,
        raw.tip_minor,
        raw.rounding_minor,
        raw.currency_code,
        raw.business_date,
        raw.closed_at,
        coalesce(raw.revision, 0) as revision,
        raw.source_system,
        raw.source_file_sha256,
        raw.source_row
    from raw_orders as raw
    left join ops_superseded_orders as superseded
        on raw.store_id = superseded.store_id
        and raw.order_id = superseded.order_id
        and raw.source_file_sha256 = superseded.source_file_sha256
        and raw.source_row = superseded.source_row
    where superseded.source_row is null
)

select * from newest
