/*
grain: one row per customer with a visit one horizon ago and snapshot date
kind: snapshot
inputs: [snap_cut_predictions, snap_score_paces]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, horizon_days]
describe: "What would have been said of a customer one horizon ago, and how it ranked. ‖ 一个预测期前的预测及其排名。"
*/
with told as (
    select predictions.*
    from snap_cut_predictions as predictions
    inner join snap_score_paces as paces
        on predictions.cut_on = paces.cut_on
        and predictions.snapshot_date = paces.snapshot_date
    where
        predictions.horizons_back = 1 and paces.history_days >= :horizon_days
        and predictions.snapshot_date >= :first_date and predictions.snapshot_date <= :last_date
),

ranked as (
    select
        *,
        count(*) over (partition by snapshot_date) as n,
        rank() over (partition by snapshot_date order by return_ratio) as chance_rank,
        count(*) over (partition by snapshot_date, return_ratio) as chance_ties,
        rank() over (partition by snapshot_date order by expected_value_minor desc) as value_rank,
        count(*) over (partition by snapshot_date, expected_value_minor) as value_ties
    from told
),

-- Equals stay together; where the best fifth ends among equals, each of them counts in part.
final as (
    select
        customer_key,
        cut_on,
        prediction_method,
        cast(1 + floor(cast(10 * (chance_rank - 1) as double) / nullif(n, 0)) as bigint)
            as return_decile,
        cast(case when later_visit_count > 0 then 1 else 0 end as bigint) as returned,
        cast(floor(return_ratio * 1000000000) as bigint) as return_nano,
        cast(floor(pow(
            return_ratio - case when later_visit_count > 0 then 1 else 0 end, 2
        ) * 1000000000) as bigint) as squared_miss_nano,
        cast(2 * chance_rank + chance_ties - 1 as bigint) as twice_mid_rank,
        cast(floor(expected_visits * 1000000) as bigint) as expected_visits_micro,
        later_visit_count,
        expected_value_minor,
        later_profit_minor,
        cast(floor(
            cast(later_profit_minor as double)
            * least(greatest(n - 5 * (value_rank - 1), 0), 5 * value_ties)
            / nullif(5 * value_ties, 0)
        ) as bigint) as top_profit_minor,
        snapshot_date
    from ranked
)

select * from final
