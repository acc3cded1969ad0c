/*
grain: one row per snapshot date
kind: snapshot
inputs: [ref_snapshot_dates, snap_customer_tiers, fct_customer_days]
unique: [snapshot_date]
params: [first_date, last_date, curve_days, false_kill_days, group_currency]
describe: Loss-makers of long enough ago, and how many of them brought profit since. ‖ 曾列为亏损者此后的表现。
*/
with dates as (
    select snapshot_date from ref_snapshot_dates
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

listed as (
    select
        dates.snapshot_date,
        tiers.customer_key,
        min(tiers.snapshot_date) as listed_on
    from dates
    inner join snap_customer_tiers as tiers
        on tiers.snapshot_date <= dates.snapshot_date
        and date_diff('day', tiers.snapshot_date, dates.snapshot_date) >= :false_kill_days
        and date_diff('day', tiers.snapshot_date, dates.snapshot_date) < :curve_days
    where tiers.segment = 'loss_maker'
    group by dates.snapshot_date, tiers.customer_key
),

since as (
    select
        listed.snapshot_date,
        listed.customer_key,
        coalesce(sum(days.true_profit_minor), 0) as profit_minor
    from listed
    left join fct_customer_days as days
        on listed.customer_key = days.customer_key
        and days.business_date > listed.listed_on
        and days.business_date <= listed.snapshot_date
        and days.currency_code = :group_currency
    group by listed.snapshot_date, listed.customer_key
),

final as (
    select
        cast(count(since.customer_key) as bigint) as once_listed_count,
        cast(count(*) filter (where since.profit_minor > 0) as bigint) as false_kill_count,
        dates.snapshot_date
    from dates
    left join since on dates.snapshot_date = since.snapshot_date
    group by dates.snapshot_date
)

select * from final
