/*
grain: one row per customer with a visit in the trailing year and snapshot date
kind: snapshot
inputs: [fct_customer_days, snap_cohort_members, snap_cohorts, snap_visit_bounds]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency, curve_days, min_visits, drift_slack, drift_limit]
describe: "Whether a customer spends less and less: a lower CUSUM over his own visits. ‖ 消费是否持续下滑（CUSUM）。"
*/
with visits as (
    select
        members.customer_key, members.snapshot_date, days.business_date,
        cohorts.spend_mean, cohorts.spend_variance, cohorts.spend_visits as k,
        least(greatest(days.net_sales_minor, low_spend_minor), high_spend_minor) as spend_minor
    from snap_cohort_members as members
    inner join snap_cohorts as cohorts
        on members.customer_kind = cohorts.customer_kind
        and members.brand = cohorts.brand and members.snapshot_date = cohorts.snapshot_date
    inner join snap_visit_bounds as bounds
        on members.customer_kind = bounds.customer_kind
        and members.brand = bounds.brand and members.snapshot_date = bounds.snapshot_date
    inner join fct_customer_days as days
        on members.customer_key = days.customer_key
        and days.business_date <= members.snapshot_date
        and date_diff('day', days.business_date, members.snapshot_date) < :curve_days
    where
        days.visit_count > 0 and days.currency_code = :group_currency
        and members.snapshot_date >= :first_date and members.snapshot_date <= :last_date
),

-- Only what was known before the visit: a fall does not lower the bar it is measured against.
told as (
    select
        *,
        row_number() over so_far as visit_no, row_number() over so_far - 1 as n,
        sum(spend_minor) over so_far - spend_minor as total,
        sum(spend_minor * spend_minor) over so_far - spend_minor * spend_minor as square
    from visits
    window so_far as (partition by customer_key, snapshot_date order by business_date)
),

-- A forecast errs by the visit's own spread and by what is not known of the customer yet.
expected as (
    select
        customer_key, snapshot_date, visit_no, spend_minor,
        (total + k * spend_mean) / nullif(n + k, 0) as usual,
        (4 * spend_variance + greatest(
            square - coalesce(cast(total as double) * total / nullif(n, 0), 0), 0
        )) / nullif(4 + greatest(n - 1, 0), 0) * (1 + 1 / nullif(n + k, 0)) as variance
    from told
),

summed as (
    select
        customer_key, snapshot_date, visit_no,
        sum(cast(floor(1000000 * (
            coalesce((usual - spend_minor) / nullif(sqrt(variance), 0), 0) - :drift_slack
        )) as bigint)) over (
            partition by customer_key, snapshot_date order by visit_no
        ) as sum_micro
    from expected
),

-- S = max(0, S + step) all along is the last sum less the lowest so far, 0 before the first.
ended as (
    select
        customer_key, snapshot_date, visit_no, sum_micro,
        min(sum_micro) over (partition by customer_key, snapshot_date) as lowest_micro
    from summed
    qualify row_number() over (partition by customer_key, snapshot_date order by visit_no desc) = 1
),

final as (
    select
        customer_key,
        cast(sum_micro - least(lowest_micro, 0) as double) / 1000000 as spend_drift,
        visit_no >= :min_visits
        and sum_micro - least(lowest_micro, 0) > :drift_limit * 1000000 as is_spend_falling,
        snapshot_date
    from ended
)

select * from final
