/*
grain: one row per known customer
kind: full
inputs: [int_customers, fct_customer_days]
unique: [customer_key]
params: [business_date, group_currency, curve_days]
describe: "What a typical visit and order of a customer bring, where he buys, what costs could go. ‖ 客户典型到店贡献、主要渠道与可节省成本。"
*/
with summed as (
    select
        customer_key,
        sum(visit_count) as visits, sum(order_count) as orders,
        sum(cm2_minor) as cm2_minor, sum(cm3_minor) as cm3_minor,
        sum(platform_order_count) as platform_orders, sum(catering_order_count) as catering_orders,
        sum(busy_order_count) as busy_orders,
        sum(discount_minor) as discount_minor, sum(channel_cost_minor) as channel_cost_minor,
        sum(service_cost_minor) as service_cost_minor
    from fct_customer_days
    where
        currency_code = :group_currency and business_date <= :business_date
        and date_diff('day', business_date, cast(:business_date as date)) < :curve_days
    group by customer_key
),

-- Who has not come yet is taken for everybody's mean.
everybody as (
    select
        cast(floor(cast(sum(cm2_minor) as double) / nullif(sum(visits), 0)) as bigint)
            as visit_cm2_minor,
        cast(floor(cast(sum(cm3_minor) as double) / nullif(sum(orders), 0)) as bigint)
            as order_cm3_minor
    from summed
),

final as (
    select
        known.customer_key,
        coalesce(
            cast(floor(cast(summed.cm2_minor as double) / nullif(summed.visits, 0)) as bigint),
            everybody.visit_cm2_minor, 0
        ) as visit_cm2_minor,
        coalesce(
            cast(floor(cast(summed.cm3_minor as double) / nullif(summed.orders, 0)) as bigint),
            everybody.order_cm3_minor, 0
        ) as order_cm3_minor,
        case
            when summed.platform_orders * 2 > summed.orders then 'platform'
            when summed.catering_orders * 2 > summed.orders then 'catering'
            when summed.orders > 0 then 'own'
        end as main_channel,
        cast(coalesce(summed.orders, 0) as bigint) as order_count,
        cast(coalesce(summed.busy_orders, 0) as bigint) as busy_order_count,
        cast(coalesce(summed.discount_minor, 0) as bigint) as discount_minor,
        cast(coalesce(summed.channel_cost_minor, 0) as bigint) as channel_cost_minor,
        cast(coalesce(summed.service_cost_minor, 0) as bigint) as service_cost_minor
    from int_customers as known
    left join summed on known.customer_key = summed.customer_key
    cross join everybody
)

select * from final
