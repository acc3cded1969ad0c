/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_features, snap_customer_sums, snap_cohorts, int_customer_kinds]
unique: [customer_key, snapshot_date]
params: [first_date, last_date]
describe: How far a customer's own visits and gaps are believed, and what is believed of them. ‖ 对客户单次利润与到店间隔的可信估计。
*/
with measured as (
    select
        features.customer_key, features.snapshot_date, features.visit_count,
        features.age_days, features.silent_days,
        kinds.customer_kind,
        cohorts.mean_gap_days, cohorts.visit_profit_mean, cohorts.credibility_visits,
        coalesce(sums.gap_count, 0) as gap_count,
        coalesce(sums.gap_days_square, 0) as gap_days_square,
        coalesce(sums.gap_days, 0) as gap_days,
        cast(features.curve_visit_count as double) as n,
        cast(features.curve_profit_minor as double) as profit,
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
    left join snap_customer_sums as sums
        on features.customer_key = sums.customer_key
        and features.snapshot_date = sums.snapshot_date
    where features.snapshot_date >= :first_date and features.snapshot_date <= :last_date
),

believed as (
    select
        *,
        n / nullif(n + credibility_visits, 0) as credibility_ratio,
        (cast(age_days - silent_days as double) + mean_gap_days) / nullif(visit_count, 0)
            as expected_gap_days,
        cast(1.2816 as double) * sqrt(visit_variance) as half_interval
    from measured
),

final as (
    select
        customer_key, customer_kind, credibility_ratio, expected_gap_days, half_interval,
        cast(silent_days as double) / nullif(expected_gap_days, 0) as overdue_ratio,
        credibility_ratio * coalesce(profit / nullif(n, 0), 0)
        + (1 - credibility_ratio) * visit_profit_mean as visit_profit,
        -- The spread of the gaps over their mean, chance (1) weighing as four gaps: 1 is clockwork.
        1 / nullif(1 + (
            4 + greatest(gap_days_square - cast(gap_days as double) * gap_days
                / nullif(gap_count, 0), 0) / nullif(expected_gap_days * expected_gap_days, 0)
        ) / nullif(greatest(gap_count - 1, 0) + 4, 0), 0) as regularity_ratio,
        snapshot_date
    from believed
)

select * from final
