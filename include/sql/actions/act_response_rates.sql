/*
grain: one row per list and rung of the ladder
kind: full
inputs: [ref_list_rungs, act_trials]
unique: [list_name, action_rung]
params: [prior_strength, min_arm]
describe: "Uplift of each list and rung: beta-binomial, shrunk to the prior, with interval and verdict. ‖ 各名单与档位的提升：向先验收缩，附区间与结论。"
*/
with counted as (
    select
        rungs.list_name, rungs.action_rung, rungs.cost_minor, rungs.is_money,
        rungs.return_ppm, rungs.lift_ppm as prior_lift_ppm,
        coalesce(treated_count, 0) as n1, coalesce(treated_return_count, 0) as r1,
        coalesce(control_count, 0) as n0, coalesce(control_return_count, 0) as r0
    from ref_list_rungs as rungs
    left join act_trials as trials
        on rungs.list_name = trials.list_name and rungs.action_rung = trials.action_rung
),

-- Beta-binomial: the prior counts as so many guests seen before (exact, in millionths).
believed as (
    select
        *,
        cast((r1 * 1000000 + :prior_strength * least(return_ppm + prior_lift_ppm, 1000000))
            // (n1 + :prior_strength) as bigint) as treated_ppm,
        cast((r0 * 1000000 + :prior_strength * return_ppm)
            // (n0 + :prior_strength) as bigint) as control_ppm,
        cast(r1 + 1 as double) / nullif(n1 + 2, 0) as q1,
        cast(r0 + 1 as double) / nullif(n0 + 2, 0) as q0
    from counted
),

-- What was measured alone: Agresti and Caffo (2000), 95 %, sound for small groups too.
measured as (
    select
        *,
        q1 - q0 as gain,
        cast(1.959964 as double)
        * sqrt(q1 * (1 - q1) / nullif(n1 + 2, 0) + q0 * (1 - q0) / nullif(n0 + 2, 0)) as half
    from believed
),

judged as (
    select
        *,
        case
            when n1 < :min_arm or n0 < :min_arm then 'not_enough'
            when gain - half > 0 then 'measured'
            when gain + half < 0 then 'harmful'
            else 'not_enough'
        end as verdict
    from measured
),

final as (
    select
        list_name, action_rung, cost_minor, is_money, return_ppm,
        n1 as treated_count, r1 as treated_return_count,
        n0 as control_count, r0 as control_return_count,
        treated_ppm, control_ppm,
        case when verdict = 'harmful' then 0 else greatest(treated_ppm - control_ppm, 0) end
            as lift_ppm,
        gain - half as lift_low, gain + half as lift_high,
        verdict
    from judged
)

select * from final
