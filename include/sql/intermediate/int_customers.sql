/*
grain: one row per customer we have ever heard of
kind: full
inputs: [stg_customers, stg_leads, fct_customer_days]
unique: [customer_key]
describe: "Everybody we know: buyers, members and leads. ‖ 已知的全部客户：消费者、会员与线索。"
*/
with buyers as (
    select
        customer_key,
        min(business_date) as first_seen_on,
        max(case when account_order_count > 0 then 1 else 0 end) as has_account_order
    from fct_customer_days
    group by customer_key
),

leads as (
    select
        customer_key,
        min(business_date) as created_on,
        min(lead_source) as lead_source,
        min(home_store_id) as home_store_id
    from stg_leads
    group by customer_key
),

keys as (
    select customer_key from buyers
    union
    select customer_key from leads
    union
    select customer_key from stg_customers
),

final as (
    select
        keys.customer_key,
        stg_customers.customer_kind as stated_kind,
        case
            when stg_customers.customer_kind is not null then stg_customers.customer_kind
            when buyers.has_account_order = 1 then 'business'
            else 'consumer'
        end as customer_kind,
        coalesce(
            least(
                coalesce(buyers.first_seen_on, stg_customers.joined_on, leads.created_on),
                coalesce(stg_customers.joined_on, buyers.first_seen_on, leads.created_on),
                coalesce(leads.created_on, buyers.first_seen_on, stg_customers.joined_on)
            ),
            cast('1970-01-01' as date)
        ) as known_since_on,
        stg_customers.joined_on,
        coalesce(stg_customers.acquisition_source, leads.lead_source) as acquisition_source,
        stg_customers.account_id,
        coalesce(stg_customers.home_store_id, leads.home_store_id) as home_store_id,
        stg_customers.language,
        coalesce(stg_customers.is_staff, false) as is_staff,
        coalesce(stg_customers.is_profiling_opt_out, false) as is_profiling_opt_out,
        leads.customer_key is not null as is_lead
    from keys
    left join buyers on keys.customer_key = buyers.customer_key
    left join leads on keys.customer_key = leads.customer_key
    left join stg_customers on keys.customer_key = stg_customers.customer_key
)

select * from final
