/*
grain: one row per customer and unbroken stretch of tier, segment and stage
kind: full
inputs: [snap_customer_tiers]
unique: [customer_key, valid_from_on]
publish: true
describe: How each customer's tier, segment and stage changed (SCD2). ‖ 客户等级、分群与阶段的历史。
*/
with compared as (
    select
        customer_key, tier, segment, stage, snapshot_date,
        lag(tier || '|' || segment || '|' || stage) over (
            partition by customer_key order by snapshot_date
        ) as state_before
    from snap_customer_tiers
),

changes as (
    select customer_key, tier, segment, stage, snapshot_date as valid_from_on
    from compared
    where state_before is distinct from tier || '|' || segment || '|' || stage
),

closed as (
    select
        customer_key, tier, segment, stage, valid_from_on,
        lead(valid_from_on) over (
            partition by customer_key order by valid_from_on
        ) as replaced_on
    from changes
),

final as (
    select
        customer_key, tier, segment, stage, valid_from_on,
        cast(coalesce(replaced_on - 1, cast('9999-12-31' as date)) as date)
            as valid_to_on,
        replaced_on is null as is_current
    from closed
)

select * from final
