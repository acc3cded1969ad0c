/*
grain: one row per business date with orders or charges
kind: full
inputs: [stg_orders, stg_order_lines, stg_payments, stg_adjustments, int_settlement_orders,
    stg_loyalty_events, int_customer_charges, stg_order_identifiers, int_day_identities,
    stg_account_owners]
unique: [business_date]
describe: "A fingerprint of everything a day is built from: when it changes, the day is stale. ‖ 每日输入指纹。"
*/
with days as (
    select order_key, business_date from stg_orders
),

parts as (
    select business_date, source_file_sha256, source_row, 1 as part from stg_orders
    union all
    select days.business_date, lines.source_file_sha256, lines.source_row, 2
    from stg_order_lines as lines
    inner join days on lines.order_key = days.order_key
    union all
    select days.business_date, payments.source_file_sha256, payments.source_row, 3
    from stg_payments as payments
    inner join days on payments.order_key = days.order_key
    union all
    select
        coalesce(days.business_date, adjustments.business_date),
        adjustments.source_file_sha256, adjustments.source_row, 4
    from stg_adjustments as adjustments
    left join days on adjustments.order_key = days.order_key
    union all
    select days.business_date, settled.source_file_sha256, settled.source_row, 5
    from int_settlement_orders as settled
    inner join days on settled.order_key = days.order_key
    union all
    select payout_date, source_file_sha256, source_row, 6
    from int_settlement_orders
    where order_key is null or fee_type = 'ads'
    union all
    select days.business_date, events.source_file_sha256, events.source_row, 7
    from stg_loyalty_events as events
    inner join days on events.order_key = days.order_key
    union all
    select
        business_date,
        md5(string_agg(
            charge_kind || coalesce(customer_key, '') || coalesce(store_id, '') || currency_code
            || cast(amount_minor as text),
            ',' order by charge_kind, customer_key, store_id, currency_code, amount_minor
        )), 0, 8
    from int_customer_charges
    group by business_date
    union all
    select days.business_date, identifiers.source_file_sha256, identifiers.source_row, 9
    from stg_order_identifiers as identifiers
    inner join days on identifiers.order_key = days.order_key
    union all
    select business_date, fingerprint, 0, 10 from int_day_identities
    union all
    select min(days.business_date), md5(account_id || account_owner), 0, 11
    from stg_account_owners as owners
    inner join (select distinct business_date from days) as days
        on owners.owner_since_on <= days.business_date
    group by account_id, account_owner, owner_since_on
),

counted as (
    select
        business_date, source_file_sha256, part,
        count(*) as row_count,
        cast(sum(source_row) as bigint) as row_sum
    from parts
    group by business_date, source_file_sha256, part
),

final as (
    select
        md5(string_agg(
            source_file_sha256 || '/' || cast(part as text) || '/'
            || cast(row_count as text) || '/' || cast(row_sum as text),
            ',' order by source_file_sha256, part
        )) as fingerprint,
        business_date
    from counted
    group by business_date
)

select * from final
