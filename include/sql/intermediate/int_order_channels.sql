/*
grain: one row per order
kind: days
inputs: [int_orders, int_order_amounts, int_order_settlements, int_order_rules]
unique: [order_key]
params: [first_date, last_date]
describe: "What the channel cost: the platform's own figure, else the rule; and how far apart they are. ‖ 渠道成本。"
*/
with rates as (
    select store_id, channel, platform, business_date, rate_bps
    from int_order_rules
    where
        component = 'commission' and basis = 'rate'
        and business_date >= :first_date and business_date <= :last_date
),

gathered as (
    select
        int_orders.order_key, int_orders.is_paid, int_orders.business_date,
        amounts.merchant_discount_minor, amounts.error_charge_minor,
        amounts.gross_minor - amounts.discount_minor - amounts.comp_minor - amounts.refund_minor
        + case when int_orders.is_paid then int_orders.fee_minor else 0 end as net_sales_minor,
        coalesce(rates.rate_bps, 0) as rate_bps,
        coalesce(settled.is_settled, false) as is_settled,
        coalesce(settled.platform_fee_minor, 0) as platform_fee_minor,
        coalesce(settled.platform_promo_minor, 0) as platform_promo_minor,
        coalesce(settled.platform_error_minor, 0) as platform_error_minor
    from int_orders
    inner join int_order_amounts as amounts on int_orders.order_key = amounts.order_key
    left join int_order_settlements as settled on int_orders.order_key = settled.order_key
    left join rates
        on int_orders.store_id = rates.store_id
        and int_orders.channel = rates.channel
        and int_orders.platform = rates.platform
        and int_orders.business_date = rates.business_date
    where int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
),

priced as (
    select
        *,
        case when is_paid then cast(
            (greatest(net_sales_minor, 0) * rate_bps + 5000) // 10000 as bigint
        ) else 0 end as channel_rule_minor,
        -- A promotion counts only beyond our own discounts: those are in net sales already.
        platform_fee_minor + greatest(platform_promo_minor - merchant_discount_minor, 0)
            as channel_actual_minor
    from gathered
),

-- An error charge told twice, by the till and by the payout, is one charge.
final as (
    select
        order_key,
        is_settled,
        cast(channel_rule_minor as bigint) as channel_rule_minor,
        cast(case when is_settled then channel_actual_minor - channel_rule_minor end as bigint)
            as settlement_gap_minor,
        greatest(error_charge_minor, platform_error_minor)
        + case when is_settled then channel_actual_minor else channel_rule_minor end
            as channel_cost_minor,
        business_date
    from priced
)

select * from final
