/*
grain: one row per customer and date with more than one action
kind: audit
severity: error
inputs: [fct_actions]
describe: At most one action per customer and day. ‖ 每位客户每日至多一个动作。
*/
with failures as (
    select customer_key, business_date, cast(count(*) as bigint) as action_count
    from fct_actions
    group by customer_key, business_date
    having count(*) > 1
)

select * from failures
