/*
grain: one row per customer
kind: full
inputs: [int_customers, int_customer_kinds, dim_customers_history]
unique: [customer_key]
publish: true
describe: Customers as they stand now; no names, no contact details. ‖ 客户现状（不含联系方式）。
*/
with newest as (
    select max(snapshot_date) as snapshot_date from int_customer_kinds
),

kinds as (
    select int_customer_kinds.*
    from int_customer_kinds
    inner join newest on int_customer_kinds.snapshot_date = newest.snapshot_date
),

final as (
    select
        int_customers.customer_key,
        coalesce(kinds.customer_kind, int_customers.stated_kind, 'consumer') as customer_kind,
        coalesce(kinds.kind_source, case
            when int_customers.stated_kind is not null then 'stated' else 'default'
        end) as kind_source,
        coalesce(kinds.kind_confidence_ratio, 0) as kind_confidence_ratio,
        kinds.business_signs,
        known_since_on, acquisition_source, account_id, household_key, household_size,
        home_store_id, language, is_staff, is_profiling_opt_out, is_lead,
        dim_customers_history.tier, dim_customers_history.segment,
        dim_customers_history.stage, dim_customers_history.valid_from_on as state_since_on
    from int_customers
    left join kinds on int_customers.customer_key = kinds.customer_key
    left join dim_customers_history
        on int_customers.customer_key = dim_customers_history.customer_key
        and dim_customers_history.is_current
)

select * from final
