/*
grain: one row per customer with a sign of business and snapshot date
kind: snapshot
inputs: [int_customers, ref_snapshot_dates, snap_customer_features, int_bookings, int_account_customers, stg_accounts, stg_invoices]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, min_sign_orders, min_sign_bookings, account_order_bps, weekday_lunch_bps, catering_order_bps, business_party_covers, booking_lead_days]
describe: "What speaks for a business customer, as far as it had happened by the date. ‖ 企业客户的迹象。"
*/
with dates as (
    select snapshot_date from ref_snapshot_dates
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

bills as (
    select account_id, min(issued_on) as issued_on from stg_invoices group by account_id
),

accounts as (
    select
        int_account_customers.customer_key,
        min(case when stg_accounts.tax_id_hash is not null then cast('1970-01-01' as date)
            else bills.issued_on end) as billed_since_on
    from int_account_customers
    left join stg_accounts on int_account_customers.account_id = stg_accounts.account_id
    left join bills on int_account_customers.account_id = bills.account_id
    group by int_account_customers.customer_key
),

bookings as (
    select
        int_bookings.customer_key, dates.snapshot_date,
        cast(sum(booking_count) as bigint) as booking_count,
        cast(sum(lead_days) as bigint) as lead_days,
        cast(sum(party_count) as bigint) as party_count, cast(sum(covers) as bigint) as covers
    from int_bookings
    inner join dates on int_bookings.business_date <= dates.snapshot_date
    group by int_bookings.customer_key, dates.snapshot_date
),

gathered as (
    select
        int_customers.customer_key, dates.snapshot_date, int_customers.is_company_email,
        accounts.customer_key is not null as is_account,
        coalesce(accounts.billed_since_on <= dates.snapshot_date, false) as is_billed,
        coalesce(features.order_count, 0) as order_count,
        coalesce(features.account_order_count, 0) as account_order_count,
        coalesce(features.catering_order_count, 0) as catering_order_count,
        coalesce(features.weekday_lunch_order_count, 0) as weekday_lunch_order_count,
        coalesce(features.party_count, 0) + coalesce(bookings.party_count, 0) as party_count,
        coalesce(features.covers, 0) + coalesce(bookings.covers, 0) as covers,
        coalesce(bookings.booking_count, 0) as booking_count,
        coalesce(bookings.lead_days, 0) as lead_days
    from int_customers
    inner join dates on int_customers.known_since_on <= dates.snapshot_date
    left join accounts on int_customers.customer_key = accounts.customer_key
    left join snap_customer_features as features
        on int_customers.customer_key = features.customer_key
        and dates.snapshot_date = features.snapshot_date
    left join bookings
        on int_customers.customer_key = bookings.customer_key
        and dates.snapshot_date = bookings.snapshot_date
),

judged as (
    select
        *,
        is_account or (account_order_count > 0 and account_order_count * 10000
        >= :account_order_bps * order_count) as has_account_sign,
        order_count >= :min_sign_orders
        and catering_order_count * 10000 >= :catering_order_bps * order_count as has_catering_sign,
        order_count >= :min_sign_orders and weekday_lunch_order_count * 10000
        >= :weekday_lunch_bps * order_count as has_lunch_sign,
        party_count >= :min_sign_orders
        and covers >= :business_party_covers * party_count as has_party_sign,
        booking_count >= :min_sign_bookings
        and lead_days >= :booking_lead_days * booking_count as has_lead_time_sign
    from gathered
),

final as (
    select *
    from judged
    where
        has_account_sign or is_billed or is_company_email or has_catering_sign
        or has_lunch_sign or has_party_sign or has_lead_time_sign
)

select * from final
