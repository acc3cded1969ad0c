/*
grain: one row per month of thirty days, counted from zero
kind: full
inputs: [ref_dates]
unique: [offset_days]
describe: Thirty-day steps in which costs are spread over time. ‖ 按三十天分摊的步长。
*/
with numbered as (
    select row_number() over (order by calendar_date) - 1 as step
    from ref_dates
),

final as (
    select cast(step * 30 as integer) as offset_days
    from numbered
    where step < 122
)

select * from final
