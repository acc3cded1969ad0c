/*
grain: "one row per reservation: its newest revision"
kind: view
inputs: [raw_reservations]
unique: [store_id, reservation_id]
describe: Tables and events that were booked, each once. ‖ 预订，每笔一行。
*/
with newest as (
    select
        reservation_id,
        store_id,
        reserved_for_local_at,
        reservation_status,
        booked_local_at,
        party_size,
        customer_key,
        account_id,
        order_id,
        deposit_minor,
        currency_code,
        business_date,
        source_system,
        source_file_sha256,
        source_row
    from raw_reservations
    qualify row_number() over (
        partition by store_id, reservation_id
        order by coalesce(revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
