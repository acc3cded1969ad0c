/*
grain: one row per order
kind: days
inputs: [int_orders, stg_payments, int_tender_rules]
unique: [order_key]
params: [first_date, last_date]
describe: "What was paid and what the processors took: their own figure, else the rule. ‖ 实收与支付手续费。"
*/
with sent as (
    select
        stg_payments.order_key,
        stg_payments.payment_id,
        stg_payments.tender,
        stg_payments.amount_minor,
        stg_payments.fee_minor,
        int_orders.store_id,
        int_orders.channel,
        int_orders.business_date,
        stg_payments.revision >= int_orders.revision as is_of_closing,
        max(case when stg_payments.revision >= int_orders.revision then 1 else 0 end) over (
            partition by stg_payments.order_key
        ) as has_closing_payments
    from int_orders
    inner join stg_payments
        on int_orders.store_id = stg_payments.store_id
        and int_orders.order_id = stg_payments.order_id
    where
        int_orders.business_date >= :first_date
        and int_orders.business_date <= :last_date
        and int_orders.is_paid
),

-- A check that was closed again was paid again: the first payment went back.
paid as (
    select * from sent
    where is_of_closing or has_closing_payments = 0
),

charged as (
    select
        paid.order_key,
        paid.amount_minor,
        paid.business_date,
        coalesce(paid.fee_minor, case
            when paid.tender = 'platform' then 0
            else coalesce(int_tender_rules.amount_minor, 0) + sign(paid.amount_minor) * cast((
                abs(paid.amount_minor) * coalesce(int_tender_rules.rate_bps, 0) + 5000
            ) // 10000 as bigint)
        end) as fee_minor
    from paid
    left join int_tender_rules
        on paid.tender = int_tender_rules.tender
        and paid.store_id = int_tender_rules.store_id
        and paid.channel = int_tender_rules.channel
        and paid.business_date = int_tender_rules.business_date
),

summed as (
    select
        order_key,
        cast(sum(amount_minor) as bigint) as paid_minor,
        cast(sum(fee_minor) as bigint) as payment_fee_minor,
        business_date
    from charged
    group by order_key, business_date
)

select * from summed
