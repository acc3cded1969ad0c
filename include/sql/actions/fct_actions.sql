/*
grain: one row per customer and business date
kind: days
inputs: [act_choices, act_withholdings]
unique: [customer_key, business_date]
params: [first_date, last_date]
publish: true
describe: "Today's action for a customer: one at most, with its reasons. ‖ 当日每位客户至多一个动作。"
*/
with withheld as (
    select customer_key, min(exception_key) as exception_key
    from act_withholdings
    where business_date >= :first_date and business_date <= :last_date
    group by customer_key
),

final as (
    select
        chosen.customer_key, list_name, segment, tier, action_code,
        contact_channel, store_id, offer_minor, currency_code, priority, stake_minor,
        reason_1_code, reason_2_code, reason_3_code,
        visit_count, silent_days, usual_gap_days,
        tier_profit_minor, potential_minor, discounted_order_count, order_count,
        withheld.exception_key is not null as is_withheld,
        withheld.exception_key,
        starts_on, expires_on, policy_version, business_date
    from act_choices as chosen
    left join withheld on chosen.customer_key = withheld.customer_key
    where business_date >= :first_date and business_date <= :last_date
)

select * from final
