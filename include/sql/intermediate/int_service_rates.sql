/*
grain: one row per store, channel and business date on which serving is costed
kind: days
inputs: [int_orders, ref_service_rates]
unique: [store_id, channel, business_date]
params: [first_date, last_date]
describe: Minutes per order, cover and line, and what a minute costs; the store's own rate wins. ‖ 当日服务时间与分钟成本。
*/
with contexts as (
    select distinct store_id, channel, currency_code, business_date
    from int_orders
    where business_date >= :first_date and business_date <= :last_date
),

matched as (
    select
        contexts.store_id,
        contexts.channel,
        rates.order_milli,
        rates.cover_milli,
        rates.line_milli,
        rates.table_milli,
        rates.minute_cost_micro,
        contexts.business_date
    from contexts
    inner join ref_service_rates as rates
        on contexts.channel = rates.channel
        and contexts.currency_code = rates.currency_code
        and contexts.store_id = coalesce(rates.store_id, contexts.store_id)
        and contexts.business_date >= rates.valid_from
        and contexts.business_date <= rates.valid_to
    qualify row_number() over (
        partition by contexts.store_id, contexts.channel, contexts.business_date
        order by case when rates.store_id is null then 1 else 0 end, rates.rate_id
    ) = 1
)

select * from matched
