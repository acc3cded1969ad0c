/*
grain: one row per order
kind: days
inputs: [int_orders, int_order_amounts, int_order_payments, int_order_settlements, int_order_rules]
unique: [order_key]
params: [first_date, last_date]
describe: Orders with net sales and every cost of selling them. ‖ 订单净销售与各项销售成本。
*/
with rules as (
    select
        store_id, channel, platform, business_date,
        cast(coalesce(sum(amount_minor) filter (
            where component = 'packaging' and basis = 'per_order'
        ), 0) as bigint) as packaging_minor,
        cast(coalesce(sum(amount_minor) filter (
            where component = 'packaging' and basis = 'per_line'
        ), 0) as bigint) as packaging_line_minor,
        cast(coalesce(sum(rate_bps) filter (
            where component = 'commission'
        ), 0) as bigint) as commission_bps
    from int_order_rules
    where business_date >= :first_date and business_date <= :last_date
    group by store_id, channel, platform, business_date
),

gathered as (
    select
        int_orders.*,
        amounts.line_count, amounts.gross_minor, amounts.discount_minor,
        amounts.funded_discount_minor, amounts.comp_minor, amounts.refund_minor,
        amounts.liability_minor,
        amounts.food_cost_minor, amounts.missing_cost_count, amounts.merchant_discount_minor,
        amounts.error_charge_minor, amounts.complaint_cost_minor,
        case when is_paid then fee_minor else 0 end as fee_income_minor,
        case when is_paid
            then coalesce(packaging_minor, 0)
            + coalesce(packaging_line_minor, 0) * amounts.line_count
            else 0
        end as packaging_cost_minor,
        coalesce(rules.commission_bps, 0) as commission_bps,
        payments.paid_minor,
        coalesce(payments.payment_fee_minor, 0) as payment_fee_minor,
        settled.platform_fee_minor,
        settled.platform_promo_minor
    from int_orders
    inner join int_order_amounts as amounts on int_orders.order_key = amounts.order_key
    left join int_order_payments as payments on int_orders.order_key = payments.order_key
    left join int_order_settlements as settled on int_orders.order_key = settled.order_key
    left join rules
        on int_orders.store_id = rules.store_id
        and int_orders.channel = rules.channel
        and int_orders.platform = rules.platform
        and int_orders.business_date = rules.business_date
    where int_orders.business_date >= :first_date and int_orders.business_date <= :last_date
),

netted as (
    select
        *,
        gross_minor - discount_minor - comp_minor - refund_minor + fee_income_minor
            as net_sales_minor
    from gathered
),

-- The platform's own figure wins over the rule; its promotions count only beyond our discounts.
channelled as (
    select
        *,
        error_charge_minor + case
            when platform_fee_minor is not null then
                platform_fee_minor + greatest(platform_promo_minor - merchant_discount_minor, 0)
            when is_paid then cast(
                (greatest(net_sales_minor, 0) * commission_bps + 5000) // 10000 as bigint
            )
            else 0
        end as channel_cost_minor
    from netted
)

select * from channelled
