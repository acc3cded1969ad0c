/*
grain: one row per business account
kind: full
inputs: [int_account_roots, stg_accounts, stg_customers, ops_identity_map]
unique: [account_id]
describe: "Who an account is as a customer: its business profile, else the account itself. ‖ 账户对应的客户。"
*/
with profiles as (
    select
        stg_customers.account_id,
        coalesce(ops_identity_map.customer_key, stg_customers.customer_key) as customer_key,
        coalesce(stg_customers.joined_on, cast('9999-12-31' as date)) as joined_on
    from stg_customers
    left join ops_identity_map on stg_customers.customer_key = ops_identity_map.node_key
    where stg_customers.customer_kind = 'business' and stg_customers.account_id is not null
),

represented as (
    select account_id, customer_key
    from profiles
    qualify row_number() over (
        partition by account_id order by joined_on, customer_key
    ) = 1
),

-- An account may be known from its profile only, before its own file has come.
known as (
    select account_id from stg_accounts
    union
    select account_id from represented
),

keyed as (
    select
        known.account_id,
        coalesce(
            represented.customer_key, rotated.customer_key, stg_accounts.account_key
        ) as customer_key,
        represented.customer_key is not null as has_profile,
        int_account_roots.parent_account_id,
        coalesce(int_account_roots.root_account_id, known.account_id) as root_account_id
    from known
    left join represented on known.account_id = represented.account_id
    left join stg_accounts on known.account_id = stg_accounts.account_id
    left join ops_identity_map as rotated on stg_accounts.account_key = rotated.node_key
    left join int_account_roots on known.account_id = int_account_roots.account_id
),

final as (
    select
        keyed.account_id,
        keyed.customer_key,
        keyed.has_profile,
        keyed.parent_account_id,
        keyed.root_account_id,
        roots.customer_key as root_customer_key
    from keyed
    inner join keyed as roots on keyed.root_account_id = roots.account_id
)

select * from final
