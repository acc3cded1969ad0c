/*
grain: one row per customer and day on which the tier changed
kind: full
inputs: [snap_customer_tiers, snap_customer_scores, ops_tier_reviews]
unique: [customer_key, business_date]
publish: true
describe: "Who moved from which tier to which, when, why, and how long the tier before was held. ‖ 等级变动及原因。"
*/
with standings as (
    select
        customer_key, snapshot_date, tier_since_on, downgrade_notice_on,
        lag(tier_since_on) over (
            partition by customer_key order by snapshot_date
        ) as tier_before_since_on,
        lag(downgrade_notice_on) over (
            partition by customer_key order by snapshot_date
        ) as notice_on
    from ops_tier_reviews
),

compared as (
    select
        customer_key, customer_kind, tier, snapshot_date,
        lag(tier) over (partition by customer_key order by snapshot_date) as tier_before
    from snap_customer_tiers
),

placed as (
    select
        *,
        case tier when 'platinum' then 3 when 'gold' then 2 when 'iron' then 1 else 0 end as step,
        case tier_before when 'platinum' then 3 when 'gold' then 2 when 'iron' then 1 else 0 end
            as step_before
    from compared
    where tier_before is not null and tier_before <> tier
),

-- Up after two reviews above the door, down after a notice: below the door, or not seen at all.
final as (
    select
        placed.customer_key, placed.customer_kind, placed.tier_before, placed.tier,
        case
            when step > step_before then 'above_door_twice'
            when scores.score is null then 'no_visit_after_notice'
            when scores.is_floored then 'below_floor_after_notice'
            else 'below_door_after_notice'
        end as move_reason_code,
        coalesce(scores.value_percentile, 0) as value_percentile,
        case when step < step_before then standings.notice_on end as downgrade_notice_on,
        standings.tier_before_since_on,
        cast(date_diff('day', standings.tier_before_since_on, placed.snapshot_date) as bigint)
            as held_days,
        placed.snapshot_date as business_date
    from placed
    left join standings
        on placed.customer_key = standings.customer_key
        and placed.snapshot_date = standings.snapshot_date
    left join snap_customer_scores as scores
        on placed.customer_key = scores.customer_key
        and placed.snapshot_date = scores.snapshot_date
)

select * from final
