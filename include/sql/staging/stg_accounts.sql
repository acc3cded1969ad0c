/*
grain: one row per business account
kind: view
inputs: [raw_accounts]
unique: [account_id]
describe: Business accounts as the sources state them; no names. ‖ 商业账户（不含名称）。
*/
with newest as (
    select
        account_id,
        min(account_key) over (partition by account_id) as account_key,
        parent_account_id,
        payment_terms_days,
        account_owner,
        owner_since_on,
        buying_mode,
        tax_id_hash,
        source_system,
        source_file_sha256,
        source_row
    from raw_accounts
    qualify row_number() over (
        partition by account_id
        order by
            coalesce(owner_since_on, cast('0001-01-01' as date)) desc,
            source_file_sha256, source_row
    ) = 1
)

select * from newest
