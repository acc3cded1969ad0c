/*
grain: "one row per order: its newest revision"
kind: view
inputs: [raw_orders]
unique: [store_id, order_id]
describe: Orders as the sources state them, each once. ‖ 各来源的订单，每单一行。
*/
with newest as (
    select
        store_id || ':' || order_id as order_key,
        order_id,
        store_id,
        closed_local_at,
        channel,
        status,
        total_minor,
        opened_local_at,
        platform,
        daypart,
        covers,
        customer_key,
        account_id,
        external_order_id,
        gross_minor,
        discount_minor,
        service_charge_minor,
        delivery_fee_minor,
        packaging_fee_minor,
        tax_minor,
        is_tax_included,
        tip_minor,
        rounding_minor,
        currency_code,
        business_date,
        closed_at,
        coalesce(revision, 0) as revision,
        source_system,
        source_file_sha256,
        source_row
    from raw_orders
    qualify row_number() over (
        partition by store_id, order_id
        order by coalesce(raw_orders.revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
