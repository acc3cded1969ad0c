/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_cut_predictions, int_customers]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency]
publish: true
describe: "What is expected of a customer: still active, visits and profit over the horizons. ‖ 客户预测：存活、预期到店与预期利润。"
*/
with final as (
    select
        predictions.customer_key, active_ratio, expected_visits, return_ratio, expected_value_minor,
        expected_year_visits, expected_year_value_minor, prediction_method,
        cast(:group_currency as text) as currency_code,
        snapshot_date
    from snap_cut_predictions as predictions
    left join int_customers on predictions.customer_key = int_customers.customer_key
    where
        not coalesce(int_customers.is_profiling_opt_out, false)
        and horizons_back = 0 and snapshot_date >= :first_date and snapshot_date <= :last_date
)

select * from final
