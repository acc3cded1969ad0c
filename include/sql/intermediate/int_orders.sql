/*
grain: one row per order
kind: days
inputs: [stg_orders, ref_stores, int_order_customers]
unique: [order_key]
params: [first_date, last_date]
describe: Orders with their place, daypart and fee income. ‖ 订单及其门店、餐段与附加费收入。
*/
with sold as (
    select
        *,
        cast(extract(hour from closed_local_at) as bigint) as closing_hour
    from stg_orders
    where business_date >= :first_date and business_date <= :last_date
),

placed as (
    select
        sold.order_key,
        sold.order_id,
        sold.store_id,
        ref_stores.brand,
        sold.closed_at,
        sold.closed_local_at,
        sold.channel,
        coalesce(sold.platform, '') as platform,
        coalesce(sold.daypart, case
            when sold.closing_hour >= 5 and sold.closing_hour < 11 then 'breakfast'
            when sold.closing_hour >= 11 and sold.closing_hour < 15 then 'lunch'
            when sold.closing_hour >= 15 and sold.closing_hour < 17 then 'afternoon'
            when sold.closing_hour >= 17 and sold.closing_hour < 22 then 'dinner'
            else 'late'
        end) as daypart,
        coalesce(sold.covers, 0) as covers,
        sold.opened_local_at,
        customers.customer_key,
        sold.account_id,
        sold.external_order_id,
        sold.currency_code,
        sold.status,
        sold.status = 'paid' as is_paid,
        coalesce(sold.is_tax_included, false) as is_tax_included,
        cast(
            coalesce(sold.service_charge_minor, 0) + coalesce(sold.delivery_fee_minor, 0)
            + coalesce(sold.packaging_fee_minor, 0) as bigint
        ) as fee_minor,
        coalesce(sold.gross_minor, 0) as stated_gross_minor,
        coalesce(sold.discount_minor, 0) as stated_discount_minor,
        coalesce(sold.tax_minor, 0) as tax_minor,
        coalesce(sold.tip_minor, 0) as tip_minor,
        coalesce(sold.rounding_minor, 0) as rounding_minor,
        sold.total_minor,
        sold.revision,
        sold.source_system,
        sold.business_date
    from sold
    inner join ref_stores on sold.store_id = ref_stores.store_id
    inner join int_order_customers as customers
        on sold.order_key = customers.order_key
        and sold.business_date = customers.business_date
)

select * from placed
