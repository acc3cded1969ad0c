/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_values, snap_customer_potentials, snap_customer_drifts, snap_customer_predictions, snap_scorecards]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency]
publish: true
describe: Evidence, rhythm, value, prediction and scorecard of every customer on a date. ‖ 客户某日的证据、节奏、价值、预测与评分卡。
*/
with final as (
    select
        valued.customer_key, customer_kind, last_store_id,
        visit_count, tier_visit_count, age_days, silent_days, active_month_count,
        order_count, discounted_order_count, platform_order_count,
        cast(expected_gap_days as double) as expected_gap_days,
        cast(overdue_ratio as double) as overdue_ratio,
        cast(regularity_ratio as double) as regularity_ratio,
        cast(credibility_ratio as double) as credibility_ratio,
        tier_net_sales_minor, tier_profit_minor, curve_profit_minor, curve_cm2_minor,
        curve_cm3_minor, busy_order_count, value_minor, value_low_minor, value_high_minor,
        visit_profit_low_minor, visit_profit_high_minor,
        cast(largest_order_ratio as double) as largest_order_ratio,
        cast(discounted_order_ratio as double) as discounted_order_ratio,
        is_big_proven, is_loss_making,
        potentials.ceiling_minor, potentials.potential_minor,
        drifts.spend_drift, coalesce(drifts.is_spend_falling, false) as is_spend_falling,
        predictions.active_ratio,
        predictions.expected_visits,
        predictions.return_ratio,
        predictions.expected_value_minor,
        cards.profit_percentile, cards.loyalty_percentile, cards.potential_percentile,
        cards.independence_percentile, cards.ease_percentile,
        cards.is_floored, cards.score,
        coalesce(cards.value_percentile, 0) as value_percentile,
        cards.changed_jitter_ratio, coalesce(cards.is_borderline, false) as is_borderline,
        cards.jitter_tier,
        cast(:group_currency as text) as currency_code,
        valued.snapshot_date
    from snap_customer_values as valued
    inner join snap_customer_predictions as predictions
        on valued.customer_key = predictions.customer_key
        and valued.snapshot_date = predictions.snapshot_date
    left join snap_customer_potentials as potentials
        on valued.customer_key = potentials.customer_key
        and valued.snapshot_date = potentials.snapshot_date
    left join snap_customer_drifts as drifts
        on valued.customer_key = drifts.customer_key
        and valued.snapshot_date = drifts.snapshot_date
    -- Who did not come in the window of the tiers has no scorecard and stands last.
    left join snap_scorecards as cards
        on valued.customer_key = cards.customer_key
        and valued.snapshot_date = cards.snapshot_date
    where valued.snapshot_date >= :first_date and valued.snapshot_date <= :last_date
)

select * from final
