/*
grain: one row per person with a profile
kind: full
inputs: [stg_customers, ops_identity_map]
unique: [customer_key]
describe: "What all profiles of a person say together: the eldest speaks, the others fill its gaps. ‖ 同一人的资料合并。"
*/
with mapped as (
    select
        coalesce(ops_identity_map.customer_key, stg_customers.customer_key) as customer_key,
        stg_customers.customer_key as profile_key,
        stg_customers.customer_kind, stg_customers.joined_on, stg_customers.acquisition_source,
        stg_customers.account_id,
        coalesce(homes.customer_key, stg_customers.household_key) as household_key,
        stg_customers.home_store_id,
        stg_customers.language, stg_customers.is_staff, stg_customers.is_profiling_opt_out,
        stg_customers.is_company_email
    from stg_customers
    left join ops_identity_map on stg_customers.customer_key = ops_identity_map.node_key
    left join ops_identity_map as homes on stg_customers.household_key = homes.node_key
),

eldest as (
    select *
    from mapped
    qualify row_number() over (
        partition by customer_key
        order by coalesce(joined_on, cast('9999-12-31' as date)), profile_key
    ) = 1
),

-- A wish and a warning count wherever they stand; a special kind is said on purpose.
together as (
    select
        customer_key,
        min(customer_kind) filter (where customer_kind <> 'consumer') as special_kind,
        min(acquisition_source) as acquisition_source,
        min(account_id) as account_id,
        min(household_key) as household_key,
        min(home_store_id) as home_store_id,
        min(language) as language,
        max(case when is_staff then 1 else 0 end) = 1 as is_staff,
        max(case when is_profiling_opt_out then 1 else 0 end) = 1 as is_profiling_opt_out,
        max(case when is_company_email then 1 else 0 end) = 1 as is_company_email
    from mapped
    group by customer_key
),

final as (
    select
        eldest.customer_key,
        coalesce(together.special_kind, eldest.customer_kind) as stated_kind,
        eldest.joined_on,
        coalesce(eldest.acquisition_source, together.acquisition_source) as acquisition_source,
        coalesce(eldest.account_id, together.account_id) as account_id,
        coalesce(eldest.household_key, together.household_key) as household_key,
        coalesce(eldest.home_store_id, together.home_store_id) as home_store_id,
        coalesce(eldest.language, together.language) as language,
        together.is_staff, together.is_profiling_opt_out, together.is_company_email
    from eldest
    inner join together on eldest.customer_key = together.customer_key
)

select * from final
