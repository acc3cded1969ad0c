/*
grain: one row per snapshot date
kind: snapshot
inputs: [ref_snapshot_dates, ops_tier_reviews, snap_customer_tiers]
unique: [snapshot_date]
params: [first_date, last_date, curve_days]
describe: How often tiers moved in the trailing year, and how often without need. ‖ 近一年等级变动频率。
*/
with dates as (
    select snapshot_date from ref_snapshot_dates
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

moved as (
    select
        customer_key, snapshot_date as moved_on,
        case tier when 'platinum' then 3 when 'gold' then 2 when 'iron' then 1 else 0 end
            as height
    from ops_tier_reviews
    where has_moved_before and tier_since_on = snapshot_date
),

-- Everybody enters at the foot.
stepped as (
    select
        *,
        height < coalesce(
            lag(height) over (partition by customer_key order by moved_on), 0
        ) as is_down
    from moved
),

-- The first climb is finding out; every step down, and every step after one, is a flip.
turned as (
    select
        stepped.*,
        min(case when is_down then moved_on end) over (partition by customer_key) as fell_on
    from stepped
),

counted as (
    select
        dates.snapshot_date,
        count(turned.moved_on) filter (where turned.moved_on = dates.snapshot_date)
            as tier_move_count,
        count(turned.moved_on) as year_move_count,
        count(turned.moved_on) filter (where turned.moved_on >= turned.fell_on) as flip_count
    from dates
    left join turned
        on turned.moved_on <= dates.snapshot_date
        and date_diff('day', turned.moved_on, dates.snapshot_date) < :curve_days
    group by dates.snapshot_date
),

-- Only as long as there were reviews can anybody have been moved by one.
reviewed as (
    select min(snapshot_date) as first_review_on from ops_tier_reviews
),

watched as (
    select
        tiers.snapshot_date,
        cast(sum(least(
            age_days, :curve_days,
            date_diff('day', first_review_on, tiers.snapshot_date) + 1
        )) as bigint) as watched_days
    from snap_customer_tiers as tiers
    cross join reviewed
    where
        visit_count > 0
        and tiers.snapshot_date >= :first_date and tiers.snapshot_date <= :last_date
    group by tiers.snapshot_date
),

final as (
    select
        cast(tier_move_count as bigint) as tier_move_count,
        cast(year_move_count as bigint) as year_move_count,
        cast(flip_count as bigint) as flip_count,
        coalesce(watched_days, 0) as watched_days,
        counted.snapshot_date
    from counted
    left join watched on counted.snapshot_date = watched.snapshot_date
)

select * from final
