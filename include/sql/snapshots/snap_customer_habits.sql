/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_values, snap_customer_sums, snap_customer_moods, snap_peer_cells]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency]
publish: true
describe: "How a customer comes, buys and gets on with us: his trailing year, and how far it may be trusted. ‖ 客户近一年的消费习惯及其可信程度。"
*/
with told as (
    select
        valued.*,
        cast(greatest(valued.curve_visit_count, 0) as double) as visits,
        cast(valued.curve_order_count as double) as orders,
        coalesce(sums.curve_dine_in_order_count, 0) as dine_in_count,
        coalesce(sums.curve_takeaway_order_count, 0) as takeaway_count,
        coalesce(sums.curve_platform_order_count, 0) as platform_count,
        coalesce(sums.curve_catering_order_count, 0) as catering_count,
        coalesce(sums.curve_party_count, 0) as counted_party_count,
        coalesce(sums.curve_covers, 0) as seated_count,
        coalesce(sums.curve_service_minutes_milli, 0) as minutes_milli,
        coalesce(sums.curve_refund_minor, 0) as refunded_minor,
        coalesce(sums.curve_contact_count, 0) as received_count,
        coalesce(sums.curve_used_offer_count, 0) as used_count,
        coalesce(sums.curve_net_sales_minor, 0) as spent_minor,
        moods.rating_count, moods.satisfaction_milli, moods.complaint_count, moods.refund_ratio,
        cells.daypart
    from snap_customer_values as valued
    inner join snap_customer_moods as moods
        on valued.customer_key = moods.customer_key
        and valued.snapshot_date = moods.snapshot_date
    inner join snap_peer_cells as cells
        on valued.customer_key = cells.customer_key
        and valued.snapshot_date = cells.snapshot_date
    left join snap_customer_sums as sums
        on valued.customer_key = sums.customer_key
        and valued.snapshot_date = sums.snapshot_date
    where valued.snapshot_date >= :first_date and valued.snapshot_date <= :last_date
),

final as (
    select
        customer_key, customer_kind, main_store_id, daypart,
        curve_visit_count, active_month_count, age_days, silent_days,
        cast(expected_gap_days as double) as expected_gap_days,
        cast(overdue_ratio as double) as overdue_ratio,
        cast(regularity_ratio as double) as regularity_ratio,
        cast(credibility_ratio as double) as credibility_ratio, circle as evidence_circle,
        doubt_code, is_big_proven, is_specials_only,
        cast(effective_order_count as double) as effective_order_count,
        cast(largest_order_ratio as double) as largest_order_ratio,
        cast(discounted_order_ratio as double) as discounted_order_ratio,
        cast(margin_ratio as double) as margin_ratio,
        cast(coalesce(dine_in_count / nullif(orders, 0), 0) as double) as dine_in_ratio,
        cast(coalesce(takeaway_count / nullif(orders, 0), 0) as double) as takeaway_ratio,
        cast(coalesce(platform_count / nullif(orders, 0), 0) as double) as platform_ratio,
        cast(coalesce(catering_count / nullif(orders, 0), 0) as double) as catering_ratio,
        cast(cast(seated_count as double) / nullif(counted_party_count, 0) as double)
            as party_size,
        cast(coalesce(floor(spent_minor / nullif(orders, 0)), 0) as bigint) as ticket_minor,
        cast(coalesce(floor(minutes_milli / nullif(visits, 0)), 0) as bigint)
            as visit_minutes_milli,
        cast(refunded_minor as bigint) as refund_minor,
        cast(refund_ratio as double) as refund_ratio, complaint_count, rating_count,
        satisfaction_milli,
        cast(received_count as bigint) as contact_count,
        cast(used_count as bigint) as used_offer_count,
        cast(:group_currency as text) as currency_code, snapshot_date
    from told
)

select * from final
