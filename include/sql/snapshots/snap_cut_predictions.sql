/*
grain: one row per customer with a visit, cut and snapshot date; the cut of today and the one before
kind: snapshot
inputs: [snap_plain_scores, ops_score_blends]
unique: [customer_key, cut_on, snapshot_date]
params: [first_date, last_date, horizon_days]
describe: "The prediction by a cut: the plain score, drawn to what such scores came to on earlier cuts. ‖ 分割日的预测：朴素评分，按以往结果校准。"
*/
with blends as (
    select
        return_intercept, return_slope, return_size_slope,
        visits_intercept, visits_slope, visits_size_slope, cut_on, snapshot_date
    from ops_score_blends
),

scores as (
    select
        *,
        least(greatest(return_ratio, cast(0.000001 as double)), cast(0.999999 as double))
            as safe_ratio,
        greatest(expected_visits, cast(0.000001 as double)) as safe_visits
    from snap_plain_scores
    where
        horizons_back <= 1
        and snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- Without coefficients both are null and the plain score stands.
corrected as (
    select
        scores.*,
        blends.visits_slope,
        1 / nullif(1 + exp(-(
            return_intercept + return_slope * ln(safe_ratio / nullif(1 - safe_ratio, 0))
            + return_size_slope * log_visit_size
        )), 0) as blend_ratio,
        case when visits_slope > 0 then least(
            exp(
                visits_intercept + visits_slope * ln(safe_visits)
                + visits_size_slope * log_visit_size
            ),
            :horizon_days
        ) end as blend_visits
    from scores
    left join blends
        on scores.cut_on = blends.cut_on and scores.snapshot_date = blends.snapshot_date
),

chosen as (
    select
        *,
        coalesce(blend_ratio, return_ratio) as chance,
        greatest(coalesce(blend_visits, expected_visits), coalesce(blend_ratio, 0)) as visits
    from corrected
),

final as (
    select
        customer_key, horizons_back, later_visit_count, later_profit_minor, active_ratio,
        cast(chance as double) as return_ratio,
        cast(visits as double) as expected_visits,
        cast(floor(visits * visit_value) as bigint) as expected_value_minor,
        expected_year_visits,
        cast(floor(expected_year_visits * visit_value) as bigint) as expected_year_value_minor,
        cast(case when visits_slope is null then 'plain' else 'blend' end as text)
            as prediction_method,
        cut_on,
        snapshot_date
    from chosen
)

select * from final
