/*
grain: one row per customer with a visit in the trailing year and snapshot date
kind: snapshot
inputs: [fct_customer_days, ref_snapshot_dates]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency, curve_days, drift_slack, drift_limit, min_visits]
describe: "Whether a customer spends less and less: a lower CUSUM over his own visits. ‖ 消费是否持续下滑（CUSUM）。"
*/
with visits as (
    select
        days.customer_key, days.business_date, dates.snapshot_date, days.net_sales_minor
    from fct_customer_days as days
    inner join ref_snapshot_dates as dates
        on days.business_date <= dates.snapshot_date
        and date_diff('day', days.business_date, dates.snapshot_date) < :curve_days
    where
        days.visit_count > 0 and days.currency_code = :group_currency
        and dates.snapshot_date >= :first_date and dates.snapshot_date <= :last_date
),

spreads as (
    select
        customer_key, snapshot_date,
        cast(count(*) as double) as n,
        cast(sum(net_sales_minor) as double) as spent,
        cast(sum(net_sales_minor * net_sales_minor) as double) as spent_square
    from visits
    group by customer_key, snapshot_date
),

-- Millionths of a standard deviation below the usual, less the slack: whole numbers add up exactly.
steps as (
    select
        visits.customer_key, visits.snapshot_date, visits.business_date,
        cast(floor((
            coalesce(
                (spent / nullif(n, 0) - net_sales_minor)
                / nullif(sqrt(greatest(spent_square - spent * spent / nullif(n, 0), 0)
                    / nullif(n - 1, 0)), 0), 0
            ) - :drift_slack
        ) * 1000000) as bigint) as step_micro
    from visits
    inner join spreads
        on visits.customer_key = spreads.customer_key
        and visits.snapshot_date = spreads.snapshot_date
    where n >= :min_visits
),

summed as (
    select
        customer_key, snapshot_date, business_date,
        sum(step_micro) over (
            partition by customer_key, snapshot_date order by business_date
        ) as sum_micro
    from steps
),

-- max(0, S + step) all along is the last sum less the lowest one so far, 0 before the first.
drifted as (
    select
        customer_key, snapshot_date,
        max(business_date) as visited_on,
        min(sum_micro) as lowest_micro
    from summed
    group by customer_key, snapshot_date
),

final as (
    select
        drifted.customer_key,
        cast(summed.sum_micro - least(lowest_micro, 0) as double) / 1000000 as spend_drift,
        summed.sum_micro - least(lowest_micro, 0) > :drift_limit * 1000000 as is_spend_falling,
        drifted.snapshot_date
    from drifted
    inner join summed
        on drifted.customer_key = summed.customer_key
        and drifted.snapshot_date = summed.snapshot_date
        and drifted.visited_on = summed.business_date
)

select * from final
