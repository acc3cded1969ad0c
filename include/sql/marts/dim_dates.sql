/*
grain: one row per calendar day
kind: full
inputs: [ref_dates]
unique: [calendar_date]
publish: true
describe: The calendar. ‖ 日期维度。
*/
with final as (
    select
        calendar_date, year_number, quarter_number, month_number, day_number,
        iso_week_number, iso_weekday, month_starts_on, is_weekend
    from ref_dates
)

select * from final
