/*
grain: one row per source of customers, currency and snapshot date
kind: snapshot
inputs: [fct_customer_days, int_customers, ref_snapshot_dates]
unique: [acquisition_source, currency_code, snapshot_date]
params: [first_date, last_date, curve_days, prior_cost_multiple, own_data_days]
publish: true
describe: "What winning and keeping a customer cost, by source, measured in the trailing year. ‖ 各来源的获客与维系成本。"
*/
with dates as (
    select snapshot_date from ref_snapshot_dates
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

starts as (
    select
        customer_key, currency_code,
        min(business_date) filter (where visit_count > 0) as won_on
    from fct_customer_days
    group by customer_key, currency_code
),

-- Given before and at the first visit is winning, given later is keeping.
spent as (
    select
        days.customer_key, days.currency_code, dates.snapshot_date, days.visit_count,
        coalesce(known.acquisition_source, 'unknown') as acquisition_source,
        starts.won_on is null or days.business_date <= starts.won_on as is_winning,
        days.business_date = starts.won_on as is_first,
        days.acquisition_cost_minor,
        days.discount_minor + days.comp_minor + days.incentive_cost_minor
        + days.contact_cost_minor as given_minor,
        date_diff('day', min(days.business_date) over (
            partition by days.currency_code, dates.snapshot_date
        ), dates.snapshot_date) + 1 as data_days
    from fct_customer_days as days
    inner join dates
        on days.business_date <= dates.snapshot_date
        and date_diff('day', days.business_date, dates.snapshot_date) < :curve_days
    inner join starts
        on days.customer_key = starts.customer_key
        and days.currency_code = starts.currency_code
    left join int_customers as known on days.customer_key = known.customer_key
),

summed as (
    select
        acquisition_source, currency_code, snapshot_date,
        max(data_days) as data_days,
        count(*) filter (where is_first) as new_count,
        sum(acquisition_cost_minor) as booked_minor,
        sum(acquisition_cost_minor + case when is_winning then given_minor else 0 end)
            as winning_minor,
        count(distinct case when not is_winning and visit_count > 0 then customer_key end)
            as kept_count,
        sum(case when is_winning then 0 else given_minor end) as keeping_minor
    from spent
    group by acquisition_source, currency_code, snapshot_date
),

-- Where no source has a booked cost, what was spent on winning is not known yet.
averaged as (
    select
        *,
        data_days >= :own_data_days and new_count > 0 and kept_count > 0 and keeping_minor > 0
        and sum(booked_minor) over (partition by currency_code, snapshot_date) > 0
            as is_measured,
        cast(winning_minor as double) / nullif(new_count, 0) as winning_cost,
        cast(keeping_minor as double) / nullif(kept_count, 0) as keeping_cost
    from summed
),

final as (
    select
        acquisition_source, currency_code,
        cast(new_count as bigint) as new_customer_count,
        cast(winning_minor as bigint) as winning_cost_minor,
        cast(floor(winning_cost) as bigint) as winning_per_customer_minor,
        cast(kept_count as bigint) as kept_customer_count,
        cast(keeping_minor as bigint) as keeping_cost_minor,
        cast(floor(keeping_cost) as bigint) as keeping_per_customer_minor,
        cast(case when is_measured then winning_cost / nullif(keeping_cost, 0)
            else :prior_cost_multiple end as double) as cost_multiple,
        is_measured, cast(data_days as bigint) as data_day_count, snapshot_date
    from averaged
)

select * from final
