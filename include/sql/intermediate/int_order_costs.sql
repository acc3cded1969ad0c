/*
grain: one row per order
kind: days
inputs: [int_orders, int_order_amounts, int_order_payments, int_order_channels, int_order_incentives, int_order_services, int_order_rules]
unique: [order_key]
params: [first_date, last_date]
describe: Orders with every component of the profit ladder. ‖ 订单的各项利润构成。
*/
with packing as (
    select
        store_id, channel, platform, business_date,
        cast(coalesce(sum(amount_minor) filter (
            where basis = 'per_order'
        ), 0) as bigint) as order_minor,
        cast(coalesce(sum(amount_minor) filter (
            where basis = 'per_line'
        ), 0) as bigint) as line_minor
    from int_order_rules
    where
        component = 'packaging'
        and business_date >= :first_date and business_date <= :last_date
    group by store_id, channel, platform, business_date
),

gathered as (
    select
        int_orders.*,
        amounts.line_count, amounts.gross_minor, amounts.discount_minor,
        amounts.funded_discount_minor, amounts.comp_minor, amounts.refund_minor,
        amounts.liability_minor, amounts.food_cost_minor, amounts.missing_cost_count,
        case when is_paid then fee_minor else 0 end as fee_income_minor,
        case when is_paid
            then coalesce(packing.order_minor, 0)
            + coalesce(packing.line_minor, 0) * amounts.line_count
            else 0
        end as packaging_cost_minor,
        channels.channel_cost_minor, channels.channel_rule_minor,
        channels.settlement_gap_minor, channels.is_settled,
        payments.paid_minor,
        coalesce(payments.payment_fee_minor, 0) as payment_fee_minor,
        coalesce(incentives.incentive_cost_minor, 0) as incentive_cost_minor,
        coalesce(services.service_minutes_milli, 0) as service_minutes_milli,
        coalesce(services.service_cost_minor, 0) as service_cost_minor,
        amounts.remake_cost_minor, amounts.compensation_minor
    from int_orders
    inner join int_order_amounts as amounts on int_orders.order_key = amounts.order_key
    inner join int_order_channels as channels on int_orders.order_key = channels.order_key
    left join int_order_payments as payments on int_orders.order_key = payments.order_key
    left join int_order_incentives as incentives
        on int_orders.order_key = incentives.order_key
    left join int_order_services as services on int_orders.order_key = services.order_key
    left join packing
        on int_orders.store_id = packing.store_id
        and int_orders.channel = packing.channel
        and int_orders.platform = packing.platform
        and int_orders.business_date = packing.business_date
    where int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
)

select * from gathered
