/*
grain: one row per customer we have ever heard of
kind: full
inputs: [int_profiles, stg_leads, stg_reservations, fct_customer_days, int_account_customers, ops_identity_map]
unique: [customer_key]
describe: "Everybody we know: buyers, members, leads, bookers and accounts. ‖ 已知的全部客户：消费者、会员、线索、预订人与商业账户。"
*/
with buyers as (
    select customer_key, min(business_date) as first_seen_on
    from fct_customer_days
    group by customer_key
),

heard as (
    select customer_key, business_date as heard_on, lead_source, home_store_id, 1 as is_lead
    from stg_leads
    union all
    select
        customer_key, coalesce(cast(booked_local_at as date), business_date) as heard_on,
        cast(null as text) as lead_source, store_id as home_store_id, 0 as is_lead
    from stg_reservations
    where customer_key is not null
),

contacts as (
    select
        coalesce(ops_identity_map.customer_key, heard.customer_key) as customer_key,
        min(heard.heard_on) as heard_on,
        min(heard.lead_source) as lead_source,
        min(heard.home_store_id) as home_store_id,
        max(heard.is_lead) = 1 as is_lead
    from heard
    left join ops_identity_map on heard.customer_key = ops_identity_map.node_key
    group by coalesce(ops_identity_map.customer_key, heard.customer_key)
),

accounts as (
    select customer_key, 'business' as stated_kind, min(account_id) as account_id
    from int_account_customers
    group by customer_key
),

sightings as (
    select customer_key, first_seen_on as known_on from buyers
    union all
    select customer_key, heard_on from contacts
    union all
    select customer_key, joined_on from int_profiles
    union all
    select customer_key, cast(null as date) from accounts
),

keys as (
    select
        customer_key,
        coalesce(min(known_on), cast('1970-01-01' as date)) as known_since_on
    from sightings
    group by customer_key
),

final as (
    select
        keys.customer_key,
        coalesce(int_profiles.stated_kind, accounts.stated_kind) as stated_kind,
        keys.known_since_on,
        coalesce(int_profiles.acquisition_source, contacts.lead_source) as acquisition_source,
        coalesce(accounts.account_id, int_profiles.account_id) as account_id,
        int_profiles.household_key,
        case when int_profiles.household_key is not null then cast(
            count(*) over (partition by int_profiles.household_key) as bigint
        ) end as household_size,
        coalesce(int_profiles.home_store_id, contacts.home_store_id) as home_store_id,
        int_profiles.language,
        coalesce(int_profiles.is_staff, false) as is_staff,
        coalesce(int_profiles.is_profiling_opt_out, false) as is_profiling_opt_out,
        coalesce(int_profiles.is_company_email, false) as is_company_email,
        coalesce(contacts.is_lead, false) as is_lead
    from keys
    left join contacts on keys.customer_key = contacts.customer_key
    left join accounts on keys.customer_key = accounts.customer_key
    left join int_profiles on keys.customer_key = int_profiles.customer_key
)

select * from final
