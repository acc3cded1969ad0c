/*
grain: one row per customer
kind: full
inputs: [int_customers, dim_customers_history]
unique: [customer_key]
publish: true
describe: Customers as they stand now; no names, no contact details. ‖ 客户现状（不含联系方式）。
*/
with final as (
    select
        int_customers.customer_key, customer_kind, known_since_on, acquisition_source,
        account_id, home_store_id, language, is_staff, is_profiling_opt_out, is_lead,
        dim_customers_history.tier, dim_customers_history.segment,
        dim_customers_history.stage, dim_customers_history.valid_from_on as state_since_on
    from int_customers
    left join dim_customers_history
        on int_customers.customer_key = dim_customers_history.customer_key
        and dim_customers_history.is_current
)

select * from final
