/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_features, snap_cohorts, snap_customer_decays]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, horizon_days]
describe: "The plain score: alive, visits and profit over the horizon. ‖ 朴素评分：存活、预期到店与预期利润。"
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
        cohorts.pace,
        cohorts.basket_minor,
        cohorts.half_life_days as hl,
        cast(0.6 as double) as prior_visits
    from snap_customer_features as features
    inner join snap_cohorts as cohorts on features.snapshot_date = cohorts.snapshot_date
    inner join snap_customer_decays as decays
        on features.customer_key = decays.customer_key
        and features.snapshot_date = decays.snapshot_date
    where features.snapshot_date >= :first_date and features.snapshot_date <= :last_date
),

weighed as (
    select
        *,
        greatest(w_all - pow(cast(0.5 as double), t / nullif(hl, 0)), 0) as w,
        hl / nullif(ln(cast(2 as double)), 0)
        * (1 - pow(cast(0.5 as double), t / nullif(hl, 0))) as e,
        exp(-(n - 1 + prior_visits) * ln(1 + r / nullif(t - r + 1 / nullif(pace, 0), 0))) as silence
    from measured
),

alive as (
    select
        *,
        silence / nullif(
            silence + cast(0.1 as double) * (1 + 1 / nullif(n, 0)) * (1 - silence), 0
        ) as active
    from weighed
),

expected as (
    select
        *,
        (prior_visits + w) / nullif(2 * prior_visits / nullif(pace, 0) + e, 0) * :horizon_days
        * (active + cast(0.1 as double) * (1 - active)) as visits
    from alive
),

final as (
    select
        customer_key,
        cast(active as double) as active_ratio,
        cast(visits as double) as expected_visits,
        cast(
            1 - pow(
                (prior_visits + w) / nullif(prior_visits + w + visits, 0), prior_visits + w
            ) as double
        ) as return_ratio,
        cast(floor(visits * (m + 2 * basket_minor) / nullif(n + 2, 0)) as bigint)
            as expected_value_minor,
        snapshot_date
    from expected
)

select * from final
