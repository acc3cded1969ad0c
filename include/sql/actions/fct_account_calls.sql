/*
grain: one row per business customer to be called and business date
kind: days
inputs: [act_choices, int_account_customers, stg_accounts]
unique: [customer_key, business_date]
params: [first_date, last_date]
publish: true
describe: "Whom the owner of an account should call, how much is at stake and why. ‖ 客户经理致电名单：阶段、涉及利润与原因。"
*/
with accounts as (
    select
        accounts.customer_key, accounts.account_id,
        told.account_owner, told.payment_terms_days,
        row_number() over (
            partition by accounts.customer_key order by accounts.account_id
        ) as turn
    from int_account_customers as accounts
    left join stg_accounts as told on accounts.account_id = told.account_id
),

final as (
    select
        chosen.customer_key, accounts.account_id, accounts.account_owner,
        accounts.payment_terms_days,
        chosen.list_name, chosen.action_code, chosen.stage, chosen.tier, chosen.store_id,
        chosen.stake_minor, chosen.added_profit_minor, chosen.tier_profit_minor,
        case
            when chosen.segment in ('wavering', 'lapsed') then 'off_rhythm'
            when chosen.list_name = 'reward' then 'on_rhythm'
            else 'getting_to_know'
        end as reason_1_code,
        chosen.silent_days, chosen.usual_gap_days, chosen.visit_count,
        chosen.currency_code, chosen.policy_version, chosen.business_date
    from act_choices as chosen
    left join accounts on chosen.customer_key = accounts.customer_key and accounts.turn = 1
    where
        chosen.contact_channel = 'account_owner'
        and chosen.business_date >= :first_date and chosen.business_date <= :last_date
)

select * from final
