/*
grain: one row per customer and reason to look at a tier or a rhythm before acting
kind: full
inputs: [act_choices, fct_tier_moves, snap_customer_tiers]
unique: [customer_key, exception_code]
params: [business_date, slowing_ratio, tier_moves_share]
describe: "Big customers that fall or slow down, and moves on a day when very many moved. ‖ 大客户降级或放缓、等级大面积变动。"
*/
with judged as (
    select * from snap_customer_tiers where snapshot_date = :business_date
),

moves as (
    select
        customer_key, tier, tier_before,
        case tier when 'platinum' then 4 when 'gold' then 3 when 'iron' then 2 else 1 end
        - case tier_before when 'platinum' then 4 when 'gold' then 3 when 'iron' then 2 else 1 end
            as step_count
    from fct_tier_moves
    where business_date = :business_date
),

-- A review sees everybody: the share is of those who have a tier to lose or to keep.
shared as (
    select
        cast((select count(*) from moves) as double)
        / nullif(count(*) filter (where visit_count > 0), 0) as moved_ratio
    from judged
),

fallen as (
    select
        'big_demoted' as exception_code, moves.customer_key,
        cast(moves.step_count as double) as measured_ratio, cast(0 as double) as limit_ratio
    from moves
    inner join judged on moves.customer_key = judged.customer_key
    where
        moves.step_count < 0
        and (moves.tier_before = 'platinum' or judged.customer_kind = 'business')
),

slowing as (
    select
        'big_slowing' as exception_code, judged.customer_key,
        judged.overdue_ratio as measured_ratio, cast(:slowing_ratio as double) as limit_ratio
    from act_choices
    inner join judged on act_choices.customer_key = judged.customer_key
    where
        judged.overdue_ratio >= :slowing_ratio
        and (judged.tier = 'platinum' or judged.customer_kind = 'business')
),

many as (
    select
        'tier_moves' as exception_code, moves.customer_key,
        shared.moved_ratio as measured_ratio, cast(:tier_moves_share as double) as limit_ratio
    from moves
    cross join shared
    where shared.moved_ratio > cast(:tier_moves_share as double)
),

final as (
    select * from fallen
    union all
    select * from slowing
    union all
    select * from many
)

select * from final
