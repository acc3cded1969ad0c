/*
grain: one row per customer with a visit, cut and snapshot date
kind: snapshot
inputs: [fct_customer_days, ref_snapshot_dates]
unique: [customer_key, cut_on, snapshot_date]
params: [first_date, last_date, group_currency, horizon_days, cut_count]
describe: "What a customer had done by a cut, and what he did in the horizon after it. The snapshot itself is the cut of today; those one, two and three horizons back are there to learn from and to be measured by. ‖ 客户截至某分割日的历史及其后一个预测期的表现。"
*/
with steps as (
    select 0 as horizons_back
    union all select 1 as horizons_back
    union all select 2 as horizons_back
    union all select 3 as horizons_back
),

cuts as (
    select
        dates.snapshot_date,
        cast(steps.horizons_back as bigint) as horizons_back,
        cast(dates.snapshot_date - cast(steps.horizons_back * :horizon_days as integer)
            as date) as cut_on,
        cast(dates.snapshot_date
            - cast(greatest(steps.horizons_back - 1, 0) * :horizon_days as integer)
            as date) as known_until_on
    from ref_snapshot_dates as dates
    cross join steps
    where
        dates.snapshot_date >= :first_date and dates.snapshot_date <= :last_date
        and steps.horizons_back <= :cut_count
),

aged as (
    select
        days.customer_key, days.visit_count, days.true_profit_minor,
        cast(date_diff('day', days.business_date, cuts.cut_on) + 1 as bigint) as day_age,
        cuts.cut_on, cuts.horizons_back, cuts.snapshot_date
    from fct_customer_days as days
    inner join cuts on days.business_date <= cuts.known_until_on
    where days.currency_code = :group_currency
),

-- A day may bring a cost without a visit: a contact, a payment that came late.
visited as (
    select *, case when visit_count > 0 and day_age > 0 then day_age end as visit_age from aged
),

final as (
    select
        customer_key,
        horizons_back,
        cast(count(visit_age) as bigint) as visit_count,
        cast(max(visit_age) as bigint) as age_days,
        cast(min(visit_age) as bigint) as silent_days,
        cast(coalesce(sum(true_profit_minor) filter (where day_age > 0), 0) as bigint)
            as profit_minor,
        cast(count(*) filter (where day_age <= 0 and visit_count > 0) as bigint)
            as later_visit_count,
        cast(coalesce(sum(true_profit_minor) filter (where day_age <= 0), 0) as bigint)
            as later_profit_minor,
        cut_on,
        snapshot_date
    from visited
    group by customer_key, horizons_back, cut_on, snapshot_date
    having count(visit_age) > 0
)

select * from final
