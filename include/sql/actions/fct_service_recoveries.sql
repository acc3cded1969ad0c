/*
grain: one row per customer with an open complaint and business date
kind: days
inputs: [snap_customer_tiers, int_complaints]
unique: [customer_key, business_date]
params: [first_date, last_date]
publish: true
describe: "With whom something has to be set right before anything else is sent. ‖ 有未结投诉、须先行补救的客户。"
*/
with final as (
    select
        tiers.customer_key, tiers.customer_kind, tiers.store_id, tiers.tier, tiers.stage,
        cast(min(complaints.complained_on) as date) as complained_on,
        cast(max(date_diff('day', complaints.complained_on, tiers.snapshot_date)) as bigint)
            as open_days,
        cast(count(*) as bigint) as open_complaint_count,
        tiers.visit_count, tiers.silent_days, tiers.tier_profit_minor, tiers.currency_code,
        tiers.snapshot_date as business_date
    from snap_customer_tiers as tiers
    inner join int_complaints as complaints
        on tiers.customer_key = complaints.customer_key
        and complaints.complained_on <= tiers.snapshot_date
    where
        not tiers.is_staff
        and tiers.snapshot_date >= :first_date and tiers.snapshot_date <= :last_date
    group by
        tiers.customer_key, tiers.customer_kind, tiers.store_id, tiers.tier, tiers.stage,
        tiers.visit_count, tiers.silent_days, tiers.tier_profit_minor, tiers.currency_code,
        tiers.snapshot_date
)

select * from final
