/*
grain: one row per business date
kind: full
inputs: [int_currency_days, stg_exchange_rates]
unique: [business_date]
params: [group_currency]
publish: true
describe: "The group's day in its own currency; what has no rate is left out, counted and flagged. ‖ 集团每日合计（集团币种）。"
*/
with rated as (
    select
        days.*,
        case when days.currency_code = :group_currency then 1000000000
            else rates.minor_rate_nano
        end as minor_rate_nano
    from int_currency_days as days
    left join stg_exchange_rates as rates
        on days.currency_code = rates.from_currency
        and rates.to_currency = :group_currency
        and days.business_date >= rates.valid_from
        and days.business_date <= rates.valid_to
),

-- Half a minor unit rounds away from zero, once per currency and day.
final as (
    select
        cast(:group_currency as text) as currency_code,
        cast(count(*) as bigint) as currency_count,
        cast(sum(order_count) as bigint) as order_count,
        cast(sum(sign(net_sales_minor) * (
            abs(net_sales_minor) // 1000000000 * minor_rate_nano
            + (abs(net_sales_minor) % 1000000000 * minor_rate_nano + 500000000) // 1000000000
        )) as bigint) as net_sales_minor,
        cast(sum(sign(cm1_minor) * (
            abs(cm1_minor) // 1000000000 * minor_rate_nano
            + (abs(cm1_minor) % 1000000000 * minor_rate_nano + 500000000) // 1000000000
        )) as bigint) as cm1_minor,
        cast(sum(sign(cm2_minor) * (
            abs(cm2_minor) // 1000000000 * minor_rate_nano
            + (abs(cm2_minor) % 1000000000 * minor_rate_nano + 500000000) // 1000000000
        )) as bigint) as cm2_minor,
        cast(sum(sign(cm3_minor) * (
            abs(cm3_minor) // 1000000000 * minor_rate_nano
            + (abs(cm3_minor) % 1000000000 * minor_rate_nano + 500000000) // 1000000000
        )) as bigint) as cm3_minor,
        cast(sum(sign(true_profit_minor) * (
            abs(true_profit_minor) // 1000000000 * minor_rate_nano
            + (abs(true_profit_minor) % 1000000000 * minor_rate_nano + 500000000) // 1000000000
        )) as bigint) as true_profit_minor,
        cast(count(*) filter (where minor_rate_nano is null) as bigint)
            as missing_rate_currency_count,
        cast(coalesce(sum(order_count) filter (
            where minor_rate_nano is null
        ), 0) as bigint) as missing_rate_order_count,
        count(*) filter (where minor_rate_nano is null) = 0 as is_complete,
        business_date
    from rated
    group by business_date
)

select * from final
