/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_values, snap_customer_predictions]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency]
publish: true
describe: Evidence, rhythm, value and prediction of every customer on a date. ‖ 客户某日的证据、节奏、价值与预测。
*/
with ranked as (
    select
        customer_key, snapshot_date,
        cast(100 * percent_rank() over (
            partition by snapshot_date, customer_kind order by value_minor
        ) as double) as value_percentile
    from snap_customer_values
    where
        tier_visit_count > 0 and snapshot_date >= :first_date and snapshot_date <= :last_date
),

final as (
    select
        valued.customer_key, customer_kind, last_store_id,
        visit_count, tier_visit_count, age_days, silent_days, active_month_count,
        order_count, discounted_order_count, platform_order_count,
        cast(expected_gap_days as double) as expected_gap_days,
        cast(overdue_ratio as double) as overdue_ratio,
        cast(credibility_ratio as double) as credibility_ratio,
        tier_net_sales_minor, tier_profit_minor, curve_profit_minor, curve_cm2_minor,
        curve_cm3_minor, busy_order_count, value_minor,
        visit_profit_low_minor, visit_profit_high_minor,
        cast(coalesce(ranked.value_percentile, 0) as double) as value_percentile,
        is_big_proven, is_loss_making,
        predictions.active_ratio,
        predictions.expected_visits,
        predictions.return_ratio,
        predictions.expected_value_minor,
        cast(:group_currency as text) as currency_code,
        valued.snapshot_date
    from snap_customer_values as valued
    inner join snap_customer_predictions as predictions
        on valued.customer_key = predictions.customer_key
        and valued.snapshot_date = predictions.snapshot_date
    left join ranked
        on valued.customer_key = ranked.customer_key
        and valued.snapshot_date = ranked.snapshot_date
    where valued.snapshot_date >= :first_date and valued.snapshot_date <= :last_date
)

select * from final
