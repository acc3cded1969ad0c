/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_features, snap_cohorts, int_customer_kinds]
unique: [customer_key, snapshot_date]
params: [first_date, last_date]
describe: The customer's own figures, trusted as far as the evidence goes. ‖ 按可信度收缩后的客户价值。
*/
with measured as (
    select
        features.*,
        kinds.customer_kind,
        split_part(features.last_visit_store, '|', 2) as last_store_id,
        cohorts.mean_gap_days,
        cohorts.visit_profit_mean,
        cast(features.curve_visit_count as double) as n,
        cast(features.curve_visit_count as double)
        / nullif(features.curve_visit_count + cohorts.credibility_visits, 0)
            as credibility_ratio,
        (
            greatest(coalesce(
                features.curve_profit_square - cast(features.curve_profit_minor as double)
                * features.curve_profit_minor / nullif(features.curve_visit_count, 0), 0
            ), 0)
            + 4 * cohorts.within_variance
        ) / nullif(features.curve_visit_count + 3, 0)
        / nullif(features.curve_visit_count + cohorts.credibility_visits, 0)
            as visit_variance
    from snap_customer_features as features
    inner join snap_cohorts as cohorts on features.snapshot_date = cohorts.snapshot_date
    inner join int_customer_kinds as kinds
        on features.customer_key = kinds.customer_key
        and features.snapshot_date = kinds.snapshot_date
    where features.snapshot_date >= :first_date and features.snapshot_date <= :last_date
),

believed as (
    select
        *,
        (cast(age_days - silent_days as double) + mean_gap_days) / nullif(visit_count, 0)
            as expected_gap_days,
        credibility_ratio * coalesce(curve_profit_minor / nullif(n, 0), 0)
        + (1 - credibility_ratio) * visit_profit_mean as visit_profit,
        cast(1.2816 as double) * sqrt(visit_variance) as half_interval
    from measured
),

valued as (
    select
        *,
        cast(floor(visit_profit * tier_visit_count) as bigint) as value_minor,
        cast(floor(visit_profit - half_interval) as bigint) as visit_profit_low_minor,
        cast(floor(visit_profit + half_interval) as bigint) as visit_profit_high_minor,
        cast(silent_days as double) / nullif(expected_gap_days, 0) as overdue_ratio
    from believed
)

select * from valued
