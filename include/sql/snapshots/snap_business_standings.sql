/*
grain: one row per business customer and snapshot date
kind: snapshot
inputs: [int_customer_kinds, snap_business_orders, snap_business_payments, snap_business_shares,
    int_account_customers, stg_accounts, fct_customer_days]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency, tier_days]
describe: "How a business customer pays, keeps his word, buys and develops. ‖ 商业客户的付款、取消、采购方式、走势与依赖度。"
*/
with known as (
    select customer_key, snapshot_date
    from int_customer_kinds
    where
        customer_kind = 'business'
        and snapshot_date >= :first_date and snapshot_date <= :last_date
),

modes as (
    select accounts.customer_key, min(stg_accounts.buying_mode) as stated_mode
    from int_account_customers as accounts
    inner join stg_accounts on accounts.account_id = stg_accounts.account_id
    group by accounts.customer_key
),

halves as (
    select
        known.customer_key, known.snapshot_date,
        cast(coalesce(sum(true_profit_minor) filter (where date_diff(
            'day', business_date, known.snapshot_date
        ) < :tier_days), 0) as double) as late_profit,
        cast(coalesce(sum(true_profit_minor) filter (where date_diff(
            'day', business_date, known.snapshot_date
        ) >= :tier_days), 0) as double) as early_profit
    from known
    inner join fct_customer_days as days
        on known.customer_key = days.customer_key
        and days.business_date <= known.snapshot_date
        and date_diff('day', days.business_date, known.snapshot_date) < 2 * :tier_days
    where days.currency_code = :group_currency
    group by known.customer_key, known.snapshot_date
),

final as (
    select
        known.customer_key,
        cast(coalesce(delays.payment_delay_days, 0) as double) as payment_delay_days,
        coalesce(cast(orders.failed_count as double) / nullif(orders.asked_count, 0), 0)
            as cancelled_ratio,
        coalesce(modes.stated_mode, case
            when orders.store_count > 1 and orders.orderer_count > 1 then 'scattered'
        end, 'central') = 'central' as is_central_buyer,
        coalesce((late_profit - early_profit)
            / nullif(abs(late_profit) + abs(early_profit), 0), 0) as trend_ratio,
        coalesce(shares.dependence_ratio, 0) as dependence_ratio,
        known.snapshot_date
    from known
    left join snap_business_orders as orders
        on known.customer_key = orders.customer_key
        and known.snapshot_date = orders.snapshot_date
    left join modes on known.customer_key = modes.customer_key
    left join snap_business_payments as delays
        on known.customer_key = delays.customer_key
        and known.snapshot_date = delays.snapshot_date
    left join halves
        on known.customer_key = halves.customer_key
        and known.snapshot_date = halves.snapshot_date
    left join snap_business_shares as shares
        on known.customer_key = shares.customer_key
        and known.snapshot_date = shares.snapshot_date
)

select * from final
