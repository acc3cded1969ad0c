/*
grain: one row per list that is not routine on the date
kind: full
inputs: [act_choices, ops_action_memory]
unique: [list_name, exception_code]
params: [business_date, size_weeks_days, list_size_share, min_list_size]
describe: Lists of unusual size. ‖ 规模异常的名单。
*/
-- The same weekday of the last weeks, on which the lists were decided.
with weekdays as (
    select distinct business_date
    from ops_action_memory
    where
        business_date < :business_date
        and date_diff('day', business_date, cast(:business_date as date)) <= :size_weeks_days
        and date_diff('day', business_date, cast(:business_date as date)) % 7 = 0
),

emitted as (
    select count(*) as day_count from weekdays
),

earlier as (
    select memory.list_name, count(*) as customer_count
    from ops_action_memory as memory
    inner join weekdays on memory.business_date = weekdays.business_date
    where not memory.is_held_out
    group by memory.list_name
),

today as (
    select list_name, count(*) as customer_count from act_choices group by list_name
),

compared as (
    select
        coalesce(today.list_name, earlier.list_name) as list_name,
        coalesce(today.customer_count, 0) as today_count,
        cast(coalesce(earlier.customer_count, 0) as double) / nullif(emitted.day_count, 0)
            as usual_count
    from today
    full outer join earlier on today.list_name = earlier.list_name
    cross join emitted
    where emitted.day_count >= 2
),

final as (
    select
        'list_size' as exception_code,
        list_name,
        cast(today_count / nullif(usual_count, 0) - 1 as double) as measured_ratio,
        cast(:list_size_share as double) as limit_ratio
    from compared
    where
        greatest(today_count, usual_count) >= :min_list_size
        and abs(today_count - usual_count) > cast(:list_size_share as double) * usual_count
)

select * from final
