/*
grain: one row per tender, store, channel and business date
kind: days
inputs: [int_orders, stg_payments, stg_cost_rules]
unique: [tender, store_id, channel, business_date]
params: [first_date, last_date]
describe: The payment fee rule in force for a tender on a day. ‖ 当日支付手续费规则。
*/
with contexts as (
    select distinct
        stg_payments.tender,
        int_orders.store_id,
        int_orders.channel,
        int_orders.currency_code,
        int_orders.business_date
    from int_orders
    inner join stg_payments
        on int_orders.store_id = stg_payments.store_id
        and int_orders.order_id = stg_payments.order_id
    where int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
),

rules as (
    select
        contexts.tender,
        contexts.store_id,
        contexts.channel,
        contexts.business_date,
        stg_cost_rules.basis,
        coalesce(stg_cost_rules.rate_bps, 0) as rate_bps,
        coalesce(stg_cost_rules.amount_minor, 0) as amount_minor
    from contexts
    inner join stg_cost_rules
        on stg_cost_rules.component = 'payment'
        and contexts.tender = coalesce(stg_cost_rules.tender, contexts.tender)
        and contexts.store_id = coalesce(stg_cost_rules.store_id, contexts.store_id)
        and contexts.channel = coalesce(stg_cost_rules.channel, contexts.channel)
        -- A share knows no currency, an amount does.
        and (
            stg_cost_rules.basis = 'rate'
            or contexts.currency_code = stg_cost_rules.currency_code
        )
        and contexts.business_date >= stg_cost_rules.valid_from
        and contexts.business_date <= stg_cost_rules.valid_to
    qualify row_number() over (
        partition by
            contexts.tender, contexts.store_id, contexts.channel, contexts.business_date,
            stg_cost_rules.basis
        order by
            stg_cost_rules.priority desc, stg_cost_rules.scope_count desc, stg_cost_rules.rule_id
    ) = 1
),

by_tender as (
    select
        tender, store_id, channel,
        cast(sum(rate_bps) as bigint) as rate_bps,
        cast(sum(amount_minor) as bigint) as amount_minor,
        business_date
    from rules
    group by tender, store_id, channel, business_date
)

select * from by_tender
