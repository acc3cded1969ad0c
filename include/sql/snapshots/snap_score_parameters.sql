/*
grain: one row per snapshot date
kind: snapshot
inputs: [snap_score_paces, ops_score_blends]
unique: [snapshot_date]
params: [first_date, last_date, group_currency, horizon_days, long_horizon_days]
publish: true
describe: "All that the score of a date knows of the whole group, frozen with the snapshot: with this row and a customer's own days his score can be worked out again. ‖ 评分所用的群体参数，随快照冻结，可据此重算。"
*/
with final as (
    select
        paces.customer_count, paces.returner_count, paces.repeat_visit_count,
        paces.customer_day_count, paces.history_days, paces.pace, paces.basket_minor,
        paces.half_life_days, paces.prior_visits, paces.prior_baskets, paces.leaving_odds,
        paces.revival_ratio, paces.size_prior_visits, paces.size_floor,
        cast(:horizon_days as bigint) as horizon_days,
        cast(:long_horizon_days as bigint) as long_horizon_days,
        cast(case when blends.visits_slope is null then 'plain' else 'blend' end as text)
            as prediction_method,
        cast(coalesce(blends.example_count, 0) as bigint) as example_count,
        cast(coalesce(blends.example_return_count, 0) as bigint) as example_return_count,
        cast(blends.return_intercept as double) as return_intercept,
        cast(blends.return_slope as double) as return_slope,
        cast(blends.return_size_slope as double) as return_size_slope,
        cast(blends.visits_intercept as double) as visits_intercept,
        cast(blends.visits_slope as double) as visits_slope,
        cast(blends.visits_size_slope as double) as visits_size_slope,
        cast(:group_currency as text) as currency_code,
        paces.snapshot_date
    from snap_score_paces as paces
    left join ops_score_blends as blends
        on paces.cut_on = blends.cut_on and paces.snapshot_date = blends.snapshot_date
    where
        paces.horizons_back = 0
        and paces.snapshot_date >= :first_date and paces.snapshot_date <= :last_date
)

select * from final
