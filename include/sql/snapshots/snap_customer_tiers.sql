/*
grain: one row per known customer and snapshot date
kind: snapshot
inputs: [snap_customer_situations, snap_customer_segments, snap_customer_stages,
    snap_customer_peers]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency]
publish: true
describe: Tier, segment, stage and list of every customer on a date. ‖ 客户某日的等级、分群、阶段与名单。
*/
with final as (
    select
        situations.customer_key, customer_kind, tier, tier_since_on, situations.big_since_on,
        is_borderline, downgrade_notice_on, segment, stage,
        list_name,
        coalesce(last_store_id, home_store_id) as store_id,
        coalesce(main_store_id, home_store_id) as main_store_id,
        visit_count, age_days, silent_days, expected_gap_days, overdue_ratio, active_month_count,
        tier_profit_minor, curve_profit_minor, curve_cm2_minor, curve_cm3_minor, visit_cm2_minor,
        value_minor, potential_minor, expected_value_minor, probation_offer_minor,
        active_ratio, return_ratio, expected_visits, visit_profit_high_minor, is_spend_falling,
        discounted_order_count, order_count, is_proven, is_specials_only,
        has_open_complaint, is_staff,
        cast(:group_currency as text) as currency_code, situations.snapshot_date
    from snap_customer_situations as situations
    inner join snap_customer_segments as segments
        on situations.customer_key = segments.customer_key
        and situations.snapshot_date = segments.snapshot_date
    inner join snap_customer_stages as stages
        on situations.customer_key = stages.customer_key
        and situations.snapshot_date = stages.snapshot_date
    left join snap_customer_peers as peers
        on situations.customer_key = peers.customer_key
        and situations.snapshot_date = peers.snapshot_date
        and peers.currency_code = :group_currency
    where situations.snapshot_date >= :first_date and situations.snapshot_date <= :last_date
)

select * from final
