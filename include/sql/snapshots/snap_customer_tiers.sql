/*
grain: one row per known customer and snapshot date
kind: snapshot
inputs: [snap_customer_situations]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency, min_visits, loss_visits, loss_age_days, slowing_ratio, lapsed_ratio, prospect_days, prospect_visits, specials_share, specials_visits, contact_cost]
publish: true
describe: Tier, segment, stage and list of every customer on a date; first rule that fits wins. ‖ 客户某日的等级、分群、阶段与名单。
*/
with judged as (
    select
        *,
        visit_count >= :min_visits as is_proven,
        order_count >= :specials_visits
        and discounted_order_count >= :specials_share * order_count as is_specials_only,
        tier in ('platinum', 'gold') as is_big
    from snap_customer_situations
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- The order of the rules is the decision table: total, exclusive, first match wins.
segmented as (
    select
        *,
        case
            when is_profiling_opt_out then 'not_profiled'
            when visit_count = 0 then 'prospect'
            when visit_count <= :prospect_visits and age_days <= :prospect_days
                and curve_profit_minor >= 0 and not is_specials_only then 'prospect'
            when not is_proven then 'unproven'
            when visit_count >= :loss_visits and age_days >= :loss_age_days
                and is_loss_making and expected_value_minor <= 0
                and loss_review_count >= 2 and not has_open_complaint then 'loss_maker'
            when overdue_ratio >= :lapsed_ratio then 'lapsed'
            when overdue_ratio >= :slowing_ratio and value_minor > 0 then 'wavering'
            when overdue_ratio < :slowing_ratio and is_big then 'loyal'
            else 'steady'
        end as segment
    from judged
),

staged as (
    select
        *,
        case
            when visit_count <= 3 or age_days <= 60 or overdue_ratio >= 4 then 'establish'
            when is_big and date_diff('day', tier_since_on, snapshot_date) >= 90
                then 'strengthen'
            else 'stabilise'
        end as stage,
        case
            when segment = 'loyal' then 'reward'
            when segment = 'wavering' then 'incentivise'
            when segment = 'prospect' then 'activate'
            when segment = 'lapsed' and value_minor > 0 then 'activate'
            when segment = 'lapsed' and visit_profit_high_minor > 0 and curve_profit_minor > 0
                then 'activate'
            when segment = 'steady' and potential_minor >= 2 * :contact_cost
                and not is_specials_only then 'activate'
            when segment = 'loss_maker' then 'deprioritise'
        end as list_name
    from segmented
),

final as (
    select
        customer_key, customer_kind, tier, tier_since_on, segment, stage, list_name,
        coalesce(last_store_id, home_store_id) as store_id,
        visit_count, age_days, silent_days, expected_gap_days, overdue_ratio,
        tier_profit_minor, curve_profit_minor, curve_cm2_minor, curve_cm3_minor,
        value_minor, potential_minor, expected_value_minor,
        active_ratio, visit_profit_high_minor, discounted_order_count, order_count,
        is_proven, is_specials_only, has_open_complaint, is_staff,
        cast(:group_currency as text) as currency_code, snapshot_date
    from staged
)

select * from final
