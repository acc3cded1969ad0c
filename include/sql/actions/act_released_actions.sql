/*
grain: one row per customer and business date whose action may leave
kind: view
inputs: [fct_actions, act_withholdings, fct_exceptions, ops_late_contacts]
unique: [customer_key, business_date]
describe: "The actions that nothing withholds, or whose every exception a person approved. ‖ 可放行的动作：无例外或例外均已批准。"
*/
with waiting as (
    select distinct held.customer_key, held.business_date
    from act_withholdings as held
    left join fct_exceptions as exceptions
        on held.exception_key = exceptions.exception_key
        and held.evidence_hash = exceptions.evidence_hash
        and exceptions.exception_status = 'approved'
    where exceptions.exception_key is null
    union
    -- Approved too late: the guest has heard from us by the list of another day.
    select customer_key, business_date
    from ops_late_contacts
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
