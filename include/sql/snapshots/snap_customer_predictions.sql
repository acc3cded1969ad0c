/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_features, snap_score_parameters, snap_customer_decays]
unique: [customer_key, snapshot_date]
params: [first_date, last_date]
describe: "The plain score: alive, visits and profit over the horizons. ‖ 朴素评分：存活、预期到店与预期利润。"
*/
with measured as (
    select
        features.customer_key,
        features.snapshot_date,
        cast(features.visit_count as double) as n,
        cast(features.age_days as double) as t,
        cast(features.silent_days as double) as r,
        cast(features.profit_minor as double) as m,
        cast(decays.decayed_visit_nano as double) / 1000000000 as w_all,
        pow(cast(0.5 as double), features.age_days / nullif(parameters.half_life_days, 0)) as faded,
        parameters.half_life_days / nullif(ln(cast(2 as double)), 0) as mean_life,
        1 / nullif(parameters.pace, 0) as usual_gap,
        parameters.basket_minor, parameters.prior_visits, parameters.prior_baskets,
        parameters.leaving_odds, parameters.revival_ratio, parameters.prediction_method,
        parameters.horizon_days, parameters.long_horizon_days
    from snap_customer_features as features
    inner join snap_score_parameters as parameters
        on features.snapshot_date = parameters.snapshot_date
    inner join snap_customer_decays as decays
        on features.customer_key = decays.customer_key
        and features.snapshot_date = decays.snapshot_date
    where features.snapshot_date >= :first_date and features.snapshot_date <= :last_date
),

weighed as (
    select
        *,
        prior_visits + greatest(w_all - faded, 0) as believed_visits,
        2 * prior_visits * usual_gap + mean_life * (1 - faded) as exposure_days,
        (m + prior_baskets * basket_minor) / nullif(n + prior_baskets, 0) as visit_value,
        exp(-(n - 1 + prior_visits) * ln(1 + r / nullif(t - r + usual_gap, 0))) as silence
    from measured
),

alive as (
    select
        *,
        silence / nullif(
            silence + leaving_odds * (1 + 1 / nullif(n, 0)) * (1 - silence), 0
        ) as active
    from weighed
),

expected as (
    select
        *,
        believed_visits / nullif(exposure_days, 0)
        * (active + revival_ratio * (1 - active)) as daily_visits
    from alive
),

final as (
    select
        customer_key,
        cast(active as double) as active_ratio,
        cast(daily_visits * horizon_days as double) as expected_visits,
        cast(1 - pow(
            believed_visits / nullif(believed_visits + daily_visits * horizon_days, 0),
            believed_visits
        ) as double) as return_ratio,
        cast(floor(daily_visits * horizon_days * visit_value) as bigint) as expected_value_minor,
        cast(daily_visits * long_horizon_days as double) as expected_year_visits,
        cast(floor(daily_visits * long_horizon_days * visit_value) as bigint)
            as expected_year_value_minor,
        prediction_method,
        snapshot_date
    from expected
)

select * from final
