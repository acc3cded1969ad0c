/*
grain: one row per customer
kind: view
inputs: [raw_customers]
unique: [customer_key]
describe: What the sources say of a customer; no contact details. ‖ 客户资料，不含联系方式。
*/
with newest as (
    select
        customer_key,
        customer_kind,
        joined_on,
        acquisition_source,
        account_id,
        household_key,
        home_store_id,
        language,
        is_staff,
        is_profiling_opt_out,
        phone_hash,
        email_hash,
        is_company_email,
        source_system,
        source_file_sha256,
        source_row
    from raw_customers
    qualify row_number() over (
        partition by customer_key
        order by coalesce(revision, 0) desc, source_file_sha256, source_row
    ) = 1
)

select * from newest
