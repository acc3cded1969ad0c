/*
grain: one row per known customer and snapshot date
kind: snapshot
inputs: [snap_customer_situations]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, min_visits, loss_visits, loss_age_days, loss_reviews, reachable_bps, slowing_ratio, lapsed_ratio, prospect_days, prospect_visits, loyal_days, loyal_months, headroom_minor]
describe: The decision table; the first rule that fits gives a customer's segment and list. ‖ 决策表：首个匹配规则决定分群与名单。
*/
with judged as (
    select
        *,
        visit_count >= :min_visits as is_proven,
        visit_count <= :prospect_visits and age_days <= :prospect_days as is_newcomer,
        -- Low: even what effort may win of the headroom leaves the customer below zero.
        tier_profit_minor * 10000 + :reachable_bps * potential_minor <= 0 as is_potential_low,
        value_minor > 0 and overdue_ratio >= :slowing_ratio as is_slowing,
        value_minor > 0 and is_spend_falling as is_spending_less,
        coalesce(date_diff('day', big_since_on, snapshot_date) >= :loyal_days, false)
        and active_month_count >= :loyal_months as is_sustained
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
            when is_newcomer and is_screened_in then 'prospect'
            when not is_proven then 'unproven'
            when visit_count >= :loss_visits and age_days >= :loss_age_days
                and is_loss_making and is_potential_low
                and loss_review_count >= :loss_reviews and not has_open_complaint
                then 'loss_maker'
            when overdue_ratio >= :lapsed_ratio then 'lapsed'
            when is_slowing or is_spending_less then 'wavering'
            when overdue_ratio < :slowing_ratio and is_sustained then 'loyal'
            else 'steady'
        end as segment,
        value_minor > 0 or (visit_profit_high_minor > 0 and curve_profit_minor > 0)
            as is_worth_winning_back,
        potential_minor >= :headroom_minor and not is_specials_only
            as has_headroom
    from judged
),

final as (
    select
        customer_key, segment,
        case
            when segment = 'loyal' then 'reward'
            when segment = 'wavering' then 'incentivise'
            when segment = 'prospect' then 'activate'
            when segment = 'lapsed' and is_worth_winning_back then 'activate'
            when segment = 'steady' and has_headroom then 'activate'
            when segment = 'loss_maker' then 'deprioritise'
        end as list_name,
        is_proven, is_newcomer, is_potential_low, is_sustained, is_slowing, is_spending_less,
        has_headroom, snapshot_date
    from segmented
)

select * from final
