/*
grain: one row per customer's action and exception that withholds it, and business date
kind: days
inputs: [act_choices, act_exceptions, act_big_moves]
unique: [customer_key, exception_key, business_date]
params: [first_date, last_date]
describe: "Which action waits for which exception: its own, its list's, its store's. ‖ 哪些动作因哪些例外待批。"
*/
with asked as (
    select exception_key, evidence_hash, withholds, customer_key, list_name, store_id, business_date
    from act_exceptions
    where business_date >= :first_date and business_date <= :last_date
),

matched as (
    select chosen.customer_key, asked.exception_key, asked.evidence_hash, asked.business_date
    from act_choices as chosen
    inner join asked
        on asked.withholds = 'customer' and chosen.customer_key = asked.customer_key
        and chosen.business_date = asked.business_date
    union all
    select chosen.customer_key, asked.exception_key, asked.evidence_hash, asked.business_date
    from act_choices as chosen
    inner join asked
        on asked.withholds = 'list' and chosen.list_name = asked.list_name
        and chosen.business_date = asked.business_date
    union all
    select chosen.customer_key, asked.exception_key, asked.evidence_hash, asked.business_date
    from act_choices as chosen
    inner join asked
        on asked.withholds = 'store' and chosen.store_id = asked.store_id
        and chosen.business_date = asked.business_date
    union all
    select chosen.customer_key, asked.exception_key, asked.evidence_hash, asked.business_date
    from act_choices as chosen
    inner join asked
        on asked.withholds = 'promises' and chosen.is_by_hand
        and chosen.list_name = asked.list_name and chosen.store_id = asked.store_id
        and chosen.business_date = asked.business_date
    union all
    select chosen.customer_key, asked.exception_key, asked.evidence_hash, asked.business_date
    from act_choices as chosen
    inner join act_big_moves as movers
        on chosen.customer_key = movers.customer_key and movers.exception_code = 'tier_moves'
    inner join asked
        on asked.withholds = 'movers' and chosen.business_date = asked.business_date
),

final as (
    select customer_key, exception_key, evidence_hash, business_date from matched
)

select * from final
