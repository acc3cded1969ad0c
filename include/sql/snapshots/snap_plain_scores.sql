/*
grain: one row per customer with a visit, cut and snapshot date
kind: snapshot
inputs: [snap_score_histories, snap_score_paces, snap_customer_decays]
unique: [customer_key, cut_on, snapshot_date]
params: [first_date, last_date, horizon_days, long_horizon_days]
describe: "The plain score by a cut: alive, visits, profit of a visit; beside it what happened next. ‖ 朴素评分及其后的实际表现。"
*/
with measured as (
    select
        histories.customer_key, histories.cut_on, histories.snapshot_date,
        histories.horizons_back, histories.later_visit_count, histories.later_profit_minor,
        cast(histories.visit_count as double) as n,
        cast(histories.age_days as double) as t,
        cast(histories.silent_days as double) as r,
        cast(histories.profit_minor as double) as m,
        cast(decays.decayed_visit_nano as double) / 1000000000 as w_all,
        pow(cast(0.5 as double), histories.age_days / nullif(paces.half_life_days, 0)) as faded,
        paces.half_life_days / nullif(ln(cast(2 as double)), 0) as mean_life,
        1 / nullif(paces.pace, 0) as usual_gap,
        paces.basket_minor, paces.prior_visits, paces.prior_baskets,
        paces.leaving_odds, paces.revival_ratio, paces.size_prior_visits, paces.size_floor
    from snap_score_histories as histories
    inner join snap_score_paces as paces
        on histories.cut_on = paces.cut_on and histories.snapshot_date = paces.snapshot_date
    inner join snap_customer_decays as decays
        on histories.customer_key = decays.customer_key
        and histories.cut_on = decays.cut_on
        and histories.snapshot_date = decays.snapshot_date
    where histories.snapshot_date >= :first_date and histories.snapshot_date <= :last_date
),

weighed as (
    select
        *,
        prior_visits + greatest(w_all - faded, 0) as believed_visits,
        2 * prior_visits * usual_gap + mean_life * (1 - faded) as exposure_days,
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
        customer_key, horizons_back, later_visit_count, later_profit_minor,
        cast(active as double) as active_ratio,
        cast(daily_visits * :horizon_days as double) as expected_visits,
        cast(daily_visits * :long_horizon_days as double) as expected_year_visits,
        cast(1 - pow(
            believed_visits / nullif(believed_visits + daily_visits * :horizon_days, 0),
            believed_visits
        ) as double) as return_ratio,
        cast((m + prior_baskets * basket_minor) / nullif(n + prior_baskets, 0) as double)
            as visit_value,
        -- How large his usual visit is beside the group's; 0 is just as large.
        cast(case when basket_minor > 0 then ln(greatest(
            (m / nullif(basket_minor, 0) + size_prior_visits) / nullif(n + size_prior_visits, 0),
            size_floor
        )) else 0 end as double) as log_visit_size,
        cut_on, snapshot_date
    from expected
)

select * from final
