/*
grain: one row per snapshot date
kind: snapshot
inputs: [ref_snapshot_dates]
unique: [snapshot_date]
params: [first_date, last_date, policy_version, min_visits, prospect_visits, prospect_days, loss_visits, loss_age_days, loss_reviews, reachable_bps, slowing_ratio, lapsing_ratio, lapsed_ratio, loyal_days, loyal_months, headroom_minor, dwell_days, notice_days, iron_promote, iron_demote, gold_promote, gold_demote, platinum_promote, platinum_demote, group_currency]
publish: true
describe: The thresholds every customer was judged by on a date, frozen with it. ‖ 当日判断所用的阈值。
*/
with final as (
    select
        cast(:policy_version as text) as policy_version,
        cast(:min_visits as bigint) as min_visits,
        cast(:prospect_visits as bigint) as prospect_visits,
        cast(:prospect_days as bigint) as prospect_days,
        cast(:loss_visits as bigint) as loss_visits,
        cast(:loss_age_days as bigint) as loss_age_days,
        cast(:loss_reviews as bigint) as loss_reviews,
        cast(:reachable_bps as bigint) as reachable_bps,
        cast(:slowing_ratio as double) as slowing_ratio,
        cast(:lapsing_ratio as double) as lapsing_ratio,
        cast(:lapsed_ratio as double) as lapsed_ratio,
        cast(:loyal_days as bigint) as loyal_days,
        cast(:loyal_months as bigint) as loyal_months,
        cast(:headroom_minor as bigint) as headroom_minor,
        cast(:dwell_days as bigint) as dwell_days,
        cast(:notice_days as bigint) as notice_days,
        cast(:iron_promote as double) as iron_promote,
        cast(:iron_demote as double) as iron_demote,
        cast(:gold_promote as double) as gold_promote,
        cast(:gold_demote as double) as gold_demote,
        cast(:platinum_promote as double) as platinum_promote,
        cast(:platinum_demote as double) as platinum_demote,
        cast(:group_currency as text) as currency_code,
        snapshot_date
    from ref_snapshot_dates
    where snapshot_date >= :first_date and snapshot_date <= :last_date
)

select * from final
