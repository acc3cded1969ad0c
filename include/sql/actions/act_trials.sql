/*
grain: one row per list and rung of the ladder
kind: full
inputs: [ops_action_memory, ops_identity_map, fct_customer_days]
unique: [list_name, action_rung]
params: [business_date, horizon_days]
describe: "Who came back of those treated and of those left alone, by intention to treat. ‖ 实验组与对照组的回访人数（按意向治疗）。"
*/
with remembered as (
    select
        coalesce(people.customer_key, memory.customer_key) as customer_key,
        list_name, action_rung, is_held_out, business_date
    from ops_action_memory as memory
    left join ops_identity_map as people on memory.customer_key = people.node_key
    where
        date_diff('day', business_date, cast(:business_date as date)) >= :horizon_days
        and action_rung is not null
),

-- A person counts once per list and rung, from the first day on; on a merge the control wins.
enrolled as (
    select customer_key, list_name, action_rung, is_held_out, business_date
    from remembered
    qualify row_number() over (
        partition by customer_key, list_name, action_rung
        order by business_date, case when is_held_out then 0 else 1 end, customer_key
    ) = 1
),

returned as (
    select distinct enrolled.customer_key, enrolled.list_name, enrolled.action_rung
    from enrolled
    inner join fct_customer_days as days on enrolled.customer_key = days.customer_key
    where
        days.visit_count > 0
        and date_diff('day', enrolled.business_date, days.business_date) >= 1
        and date_diff('day', enrolled.business_date, days.business_date) <= :horizon_days
),

final as (
    select
        enrolled.list_name, enrolled.action_rung,
        cast(count(*) filter (where not is_held_out) as bigint) as treated_count,
        cast(count(returned.customer_key) filter (where not is_held_out) as bigint)
            as treated_return_count,
        cast(count(*) filter (where is_held_out) as bigint) as control_count,
        cast(count(returned.customer_key) filter (where is_held_out) as bigint)
            as control_return_count
    from enrolled
    left join returned
        on enrolled.customer_key = returned.customer_key
        and enrolled.list_name = returned.list_name
        and enrolled.action_rung = returned.action_rung
    group by enrolled.list_name, enrolled.action_rung
)

select * from final
