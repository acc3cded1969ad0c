/*
grain: one row per customer rank, currency and snapshot date
kind: snapshot
inputs: [fct_customer_profits]
unique: [customer_rank, currency_code, snapshot_date]
params: [first_date, last_date]
publish: true
describe: Cumulative profit, best customer first. ‖ 鲸鱼曲线：由高到低的累计利润。
*/
with ranked as (
    select
        customer_key, currency_code, cm2_minor, snapshot_date,
        row_number() over (
            partition by currency_code, snapshot_date order by cm2_minor desc, customer_key
        ) as customer_rank,
        count(*) over (partition by currency_code, snapshot_date) as customer_count
    from fct_customer_profits
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

final as (
    select
        cast(customer_rank as bigint) as customer_rank,
        cast(customer_count as bigint) as customer_count,
        customer_key,
        currency_code,
        cm2_minor,
        cast(sum(cm2_minor) over (
            partition by currency_code, snapshot_date order by customer_rank
            rows between unbounded preceding and current row
        ) as bigint) as cumulative_cm2_minor,
        snapshot_date
    from ranked
)

select * from final
