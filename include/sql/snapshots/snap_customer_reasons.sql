/*
grain: one row per known customer and snapshot date
kind: snapshot
inputs: [snap_customer_tiers, snap_customer_situations, snap_customer_stages,
    snap_segment_reasons]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, headroom_minor, dwell_days]
publish: true
describe: "Why a customer's segment, tier, stage and list are what they are, with the numbers. ‖ 分群、等级、阶段与名单的原因及数字。"
*/
with judged as (
    select
        tiers.*, reasons.segment_reason_code, reasons.near_reason_code,
        stages.stage_reason_code, stages.owner_since_on,
        situations.loss_review_count, situations.above_review_count,
        situations.value_percentile, situations.is_big_proven, situations.has_moved_before,
        situations.tier_visit_count, situations.spend_drift,
        cast(date_diff('day', tiers.big_since_on, tiers.snapshot_date) as bigint) as big_days,
        cast(date_diff('day', tiers.tier_since_on, tiers.snapshot_date) as bigint)
            as tier_held_days
    from snap_customer_tiers as tiers
    inner join snap_customer_situations as situations
        on tiers.customer_key = situations.customer_key
        and tiers.snapshot_date = situations.snapshot_date
    inner join snap_segment_reasons as reasons
        on tiers.customer_key = reasons.customer_key
        and tiers.snapshot_date = reasons.snapshot_date
    inner join snap_customer_stages as stages
        on tiers.customer_key = stages.customer_key
        and tiers.snapshot_date = stages.snapshot_date
    where tiers.snapshot_date >= :first_date and tiers.snapshot_date <= :last_date
),

final as (
    select
        customer_key, segment, segment_reason_code, near_reason_code,
        tier,
        case
            when visit_count = 0 then 'tier_no_visit_yet'
            when has_moved_before and tier_held_days = 0 then 'tier_moved'
            when above_review_count > 0 then 'tier_rising'
            when downgrade_notice_on is not null then 'tier_notice'
            when tier_visit_count = 0 then 'tier_no_visit_lately'
            when is_borderline then 'tier_borderline'
            when has_moved_before and tier_held_days < :dwell_days then 'tier_dwells'
            when not is_big_proven then 'tier_big_unproven'
            else 'tier_held'
        end as tier_reason_code,
        stage,
        stage_reason_code,
        list_name,
        case
            when segment = 'not_profiled' then 'none_refused'
            when segment = 'prospect' then 'welcome'
            when segment = 'unproven' then 'none_unproven'
            when segment = 'loss_maker' then 'fewer_promotions'
            when segment = 'lapsed' and list_name is null then 'none_rest'
            when segment = 'lapsed' then 'win_back'
            when segment = 'wavering' then 'win_now'
            when segment = 'loyal' then 'thank'
            when list_name is not null then 'wake'
            when potential_minor >= :headroom_minor then 'none_specials_only'
            else 'none_fine'
        end as list_reason_code,
        visit_count, age_days, silent_days, expected_gap_days, overdue_ratio,
        active_month_count, tier_profit_minor, curve_profit_minor, curve_cm2_minor,
        visit_profit_high_minor, potential_minor, spend_drift, discounted_order_count,
        order_count, loss_review_count, above_review_count, value_percentile,
        tier_held_days, big_days, downgrade_notice_on, owner_since_on,
        currency_code, snapshot_date
    from judged
)

select * from final
