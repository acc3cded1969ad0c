/*
grain: one row per snapshot date and tenth of the customers by chance of return; 0 is all of them
kind: snapshot
inputs: [ref_snapshot_dates, snap_judged_predictions]
unique: [return_decile, snapshot_date]
params: [first_date, last_date, group_currency, horizon_days]
publish: true
describe: "How good the predictions are: what would have been said one horizon ago, beside what happened since. ‖ 预测校准：一个预测期之前的预测与实际对照。"
*/
with scopes as (
    select 0 as is_tenth
    union all select 1 as is_tenth
),

summed as (
    select
        judged.snapshot_date,
        judged.return_decile * scopes.is_tenth as tenth,
        min(judged.prediction_method) as method,
        count(*) as n,
        cast(count(*) as double) as d,
        cast(sum(returned) as double) as hits,
        cast(sum(return_nano) as double) as return_sum,
        cast(sum(squared_miss_nano) as double) as miss_sum,
        cast(sum(twice_mid_rank * returned) as double) as rank_sum,
        cast(sum(expected_visits_micro) as double) / 1000000 as visits_sum,
        cast(sum(later_visit_count) as bigint) as later_visits,
        cast(sum(expected_value_minor) as bigint) as value_sum,
        cast(sum(later_profit_minor) as bigint) as later_profit,
        cast(sum(top_profit_minor) as double) as top_profit
    from snap_judged_predictions as judged
    cross join scopes
    where judged.snapshot_date >= :first_date and judged.snapshot_date <= :last_date
    group by judged.snapshot_date, judged.return_decile * scopes.is_tenth
),

final as (
    select
        cast(dates.snapshot_date - cast(:horizon_days as integer) as date) as cut_on,
        cast(coalesce(tenth, 0) as bigint) as return_decile,
        case
            when n is null then 'not_enough_history'
            when tenth > 0 then 'measured'
            when hits = 0 then 'nobody_returned'
            when hits = d then 'everybody_returned'
            else 'measured'
        end as calibration_status,
        method as prediction_method,
        cast(coalesce(n, 0) as bigint) as customer_count,
        cast(floor(coalesce(hits, 0)) as bigint) as returned_count,
        cast(return_sum / nullif(d, 0) / 1000000000 as double) as expected_return_ratio,
        cast(hits / nullif(d, 0) as double) as returned_ratio,
        cast(visits_sum as double) as expected_visits,
        later_visits as later_visit_count,
        value_sum as expected_value_minor,
        later_profit as later_profit_minor,
        cast(miss_sum / nullif(d, 0) / 1000000000 as double) as brier_score,
        cast(case when tenth = 0 then
            (rank_sum - hits * (hits + 1)) / nullif(2 * hits * (d - hits), 0)
        end as double) as auc_ratio,
        cast(case when tenth = 0 and later_profit > 0 then top_profit / later_profit end
            as double) as top_fifth_profit_ratio,
        cast(:group_currency as text) as currency_code,
        dates.snapshot_date
    from ref_snapshot_dates as dates
    left join summed on dates.snapshot_date = summed.snapshot_date
    where dates.snapshot_date >= :first_date and dates.snapshot_date <= :last_date
)

select * from final
