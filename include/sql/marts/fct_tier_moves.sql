/*
grain: one row per customer and day on which the tier changed
kind: full
inputs: [snap_customer_tiers]
unique: [customer_key, business_date]
publish: true
describe: Who moved from which tier to which, and when. ‖ 等级变动。
*/
with compared as (
    select
        customer_key, tier, snapshot_date as business_date,
        lag(tier) over (partition by customer_key order by snapshot_date) as tier_before
    from snap_customer_tiers
),

final as (
    select customer_key, tier_before, tier, business_date
    from compared
    where tier_before is not null and tier_before <> tier
)

select * from final
