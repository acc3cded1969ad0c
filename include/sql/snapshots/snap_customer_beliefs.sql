/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_features, snap_customer_sums, snap_customer_measures, snap_cohort_members, snap_cohorts]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, interval_z]
describe: How far a customer's own visits and gaps are believed, and what is believed of them. ‖ 对客户单次利润与到店间隔的可信估计。
*/
with measured as (
    select
        features.customer_key, features.snapshot_date, features.tier_visit_count,
        features.silent_days,
        members.customer_kind, members.brand, members.main_store_id, cohorts.circle,
        cohorts.visit_profit_mean, cohorts.within_variance, cohorts.credibility_visits,
        cohorts.mean_gap_days, cohorts.gap_visits, cohorts.gap_variance_ratio,
        cast(features.curve_visit_count as double) as n,
        cast(features.curve_profit_minor as double) as profit,
        cast(coalesce(visits.square - visits.mean_square, 0) as double) as own_square,
        cast(coalesce(sums.gap_count, 0) as double) as gaps,
        cast(coalesce(sums.gap_days, 0) as double) as gap_days,
        cast(coalesce(sums.gap_days_square, 0) as double) as gap_days_square
    from snap_customer_features as features
    inner join snap_cohort_members as members
        on features.customer_key = members.customer_key
        and features.snapshot_date = members.snapshot_date
    inner join snap_cohorts as cohorts
        on members.customer_kind = cohorts.customer_kind
        and members.brand = cohorts.brand
        and members.snapshot_date = cohorts.snapshot_date
    left join snap_customer_measures as visits
        on features.customer_key = visits.customer_key
        and features.snapshot_date = visits.snapshot_date
        and visits.measure_code = 'profit'
    left join snap_customer_sums as sums
        on features.customer_key = sums.customer_key
        and features.snapshot_date = sums.snapshot_date
    where features.snapshot_date >= :first_date and features.snapshot_date <= :last_date
),

-- The half width is Student's: its normal quantile, widened for the few visits (Peiser 1943).
believed as (
    select
        *,
        n / nullif(n + credibility_visits, 0) as credibility_ratio,
        coalesce(profit / nullif(n, 0), 0) as own_profit,
        greatest((gap_days + gap_visits * mean_gap_days) / nullif(gaps + gap_visits, 0), 1)
            as expected_gap_days,
        :interval_z * (1 + (:interval_z * :interval_z + 1) / nullif(4 * (n + 3), 0)) * sqrt(
            (greatest(own_square, 0) + 4 * within_variance) / nullif(n + 3, 0)
            / nullif(n + credibility_visits, 0)
        ) as half_interval,
        (
            4 * gap_variance_ratio
            + greatest(gap_days_square - gap_days * gap_days / nullif(gaps, 0), 0)
            / nullif(gap_days * gap_days / nullif(gaps * gaps, 0), 0)
        ) / nullif(greatest(gaps - 1, 0) + 4, 0) as own_variance_ratio
    from measured
),

final as (
    select
        customer_key, customer_kind, brand, main_store_id, circle, tier_visit_count,
        credibility_ratio, expected_gap_days, half_interval,
        silent_days / nullif(expected_gap_days, 0) as overdue_ratio,
        1 / nullif(1 + coalesce(own_variance_ratio, gap_variance_ratio), 0) as regularity_ratio,
        credibility_ratio * own_profit + (1 - credibility_ratio) * visit_profit_mean
            as visit_profit,
        snapshot_date
    from believed
)

select * from final
