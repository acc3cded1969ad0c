/*
grain: one row per lead
kind: view
inputs: [raw_leads]
unique: [lead_id]
describe: People who showed interest. ‖ 潜在客户线索。
*/
with newest as (
    select
        lead_id,
        customer_key,
        created_local_at,
        lead_source,
        lead_stage,
        home_store_id,
        estimated_minor,
        currency_code,
        business_date,
        source_system,
        source_file_sha256,
        source_row
    from raw_leads
    qualify row_number() over (
        partition by lead_id
        order by source_file_sha256, source_row
    ) = 1
)

select * from newest
