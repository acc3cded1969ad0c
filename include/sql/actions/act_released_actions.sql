/*
grain: one row per customer and business date whose action may leave
kind: view
inputs: [fct_actions, act_withholdings, ops_exception_decisions]
unique: [customer_key, business_date]
describe: "The actions that nothing withholds, or whose every exception a person approved. ‖ 可放行的动作：无例外或例外均已批准。"
*/
-- The last word counts; of two at the same moment, the more careful one.
with last_word as (
    select exception_key, evidence_hash, decision
    from ops_exception_decisions
    qualify row_number() over (
        partition by exception_key, evidence_hash
        order by decided_at desc, decision desc, exception_key
    ) = 1
),

waiting as (
    select distinct held.customer_key, held.business_date
    from act_withholdings as held
    left join last_word
        on held.exception_key = last_word.exception_key
        and held.evidence_hash = last_word.evidence_hash
        and last_word.decision = 'approved'
    where last_word.exception_key is null
),

final as (
    select actions.customer_key, actions.business_date
    from fct_actions as actions
    left join waiting
        on actions.customer_key = waiting.customer_key
        and actions.business_date = waiting.business_date
    where waiting.customer_key is null
)

select * from final
