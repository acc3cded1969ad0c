/*
grain: one row per customer and date without exactly one segment
kind: audit
severity: error
inputs: [snap_customer_tiers, snap_customer_situations]
describe: Every known customer has exactly one segment and tier per date. ‖ 每位客户每日恰有一个分群。
*/
with counted as (
    select
        situations.customer_key,
        situations.snapshot_date,
        cast(count(tiers.segment) as bigint) as segment_count,
        cast(count(tiers.tier) as bigint) as tier_count
    from snap_customer_situations as situations
    left join snap_customer_tiers as tiers
        on situations.customer_key = tiers.customer_key
        and situations.snapshot_date = tiers.snapshot_date
    group by situations.customer_key, situations.snapshot_date
),

failures as (
    select * from counted
    where segment_count <> 1 or tier_count <> 1
)

select * from failures
