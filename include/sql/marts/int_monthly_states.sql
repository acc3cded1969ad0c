/*
grain: one row per ladder (tier, active tier or stage), customer and month
kind: full
inputs: [snap_customer_tiers, snap_customer_scores, fct_customer_days, ref_dates]
unique: [state_kind, customer_key, month_starts_on]
params: [review_weekday, group_currency]
describe: "Where everybody stood at the last review of a month and of the month before, and what he brought between. ‖ 客户月初与月末的状态。"
*/
with last_reviews as (
    select month_starts_on, max(calendar_date) as ended_on
    from ref_dates
    where iso_weekday = :review_weekday
    group by month_starts_on
),

-- An active tier is that of somebody who came in the window of the tiers; others are dormant.
standings as (
    select
        tiers.customer_key, tiers.customer_kind, tiers.tier, tiers.stage,
        case when scores.score is null then 'dormant' else tiers.tier end as active_tier,
        last_reviews.month_starts_on, last_reviews.ended_on
    from snap_customer_tiers as tiers
    inner join last_reviews on tiers.snapshot_date = last_reviews.ended_on
    left join snap_customer_scores as scores
        on tiers.customer_key = scores.customer_key
        and tiers.snapshot_date = scores.snapshot_date
),

taken as (
    select distinct month_starts_on, ended_on from standings
),

-- A month is told when both its ends are known: the last reviews of it and of the month before.
months as (
    select taken.month_starts_on, before.ended_on as started_on, taken.ended_on
    from taken
    inner join taken as before
        on date_diff('day', before.ended_on, taken.ended_on) in (28, 35)
),

ends as (
    select months.month_starts_on, months.started_on, standings.customer_key,
        standings.customer_kind, standings.tier, standings.stage, standings.active_tier, 1 as place
    from months inner join standings on months.ended_on = standings.ended_on
    union all
    select months.month_starts_on, months.started_on, standings.customer_key,
        standings.customer_kind, standings.tier, standings.stage, standings.active_tier, 0 as place
    from months inner join standings on months.started_on = standings.ended_on
),

brought as (
    select months.month_starts_on, days.customer_key,
        cast(sum(days.true_profit_minor) as bigint) as true_profit_minor
    from months
    inner join fct_customer_days as days
        on days.business_date > months.started_on and days.business_date <= months.ended_on
    where days.currency_code = :group_currency
    group by months.month_starts_on, days.customer_key
),

placed as (
    select month_starts_on, started_on, customer_key, customer_kind, place, 'tier' as state_kind,
        tier as state from ends
    union all
    select month_starts_on, started_on, customer_key, customer_kind, place, 'stage',
        stage from ends
    union all
    select month_starts_on, started_on, customer_key, customer_kind, place, 'active_tier',
        active_tier from ends
),

final as (
    select
        placed.state_kind, placed.customer_key, placed.month_starts_on, placed.started_on,
        coalesce(max(case when place = 0 then customer_kind end), max(customer_kind))
            as customer_kind,
        coalesce(max(case when place = 0 then state end), 'new') as state_before,
        coalesce(max(case when place = 1 then state end), 'gone') as state,
        max(coalesce(brought.true_profit_minor, 0)) as true_profit_minor
    from placed
    left join brought
        on placed.month_starts_on = brought.month_starts_on
        and placed.customer_key = brought.customer_key
    group by
        placed.state_kind, placed.customer_key, placed.month_starts_on, placed.started_on
)

select * from final
