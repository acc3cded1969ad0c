/*
grain: one row per customer, channel and moment
kind: view
inputs: [raw_consents]
unique: [customer_key, contact_channel, consented_local_at]
describe: Consents per channel. ‖ 各渠道的同意记录。
*/
with newest as (
    select
        customer_key,
        contact_channel,
        consent_status,
        consented_local_at,
        consent_source,
        source_system,
        source_file_sha256,
        source_row
    from raw_consents
    qualify row_number() over (
        partition by customer_key, contact_channel, consented_local_at
        order by source_file_sha256, source_row
    ) = 1
)

select * from newest
