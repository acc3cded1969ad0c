/*
grain: one row per snapshot date
kind: snapshot
inputs: [snap_customer_features]
unique: [snapshot_date]
params: [first_date, last_date, group_currency, horizon_days, long_horizon_days]
publish: true
describe: "All that the score of a date knows of the whole group, frozen with the snapshot: with this row and a customer's own days his score can be worked out again. ‖ 评分所用的群体参数，随快照冻结，可据此重算。"
*/
with customers as (
    select
        snapshot_date, visit_count, age_days, profit_minor,
        case when visit_count > 1 then cast(floor(
            cast(age_days - silent_days as double) * 1000000 / (visit_count - 1)
        ) as bigint) end as own_gap_micro
    from snap_customer_features
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- Sums of whole numbers only: a sum of doubles differs from run to run.
summed as (
    select
        snapshot_date,
        cast(count(*) as bigint) as customer_count,
        cast(count(own_gap_micro) as bigint) as returner_count,
        cast(sum(visit_count - 1) as bigint) as repeat_visit_count,
        cast(sum(age_days) as bigint) as customer_day_count,
        cast(sum(profit_minor) as double) / nullif(sum(visit_count), 0) as basket_minor,
        cast(sum(own_gap_micro) as double) / nullif(count(own_gap_micro), 0) / 1000000
            as mean_gap_days
    from customers
    group by snapshot_date
),

-- With nobody who came back the group has no rhythm of its own yet: thirty days.
paced as (
    select *, greatest(coalesce(mean_gap_days, 30), 1) as usual_gap_days from summed
),

final as (
    select
        customer_count, returner_count, repeat_visit_count, customer_day_count,
        cast(cast(greatest(repeat_visit_count, 1) as double) / nullif(customer_day_count, 0)
            as double) as pace,
        cast(floor(basket_minor) as bigint) as basket_minor,
        cast(4 * usual_gap_days as double) as half_life_days,
        cast(0.6 as double) as prior_visits,
        cast(2 as double) as prior_baskets,
        cast(0.1 as double) as leaving_odds,
        cast(0.1 as double) as revival_ratio,
        cast(:horizon_days as bigint) as horizon_days,
        cast(:long_horizon_days as bigint) as long_horizon_days,
        cast('plain' as text) as prediction_method,
        cast(:group_currency as text) as currency_code,
        snapshot_date
    from paced
)

select * from final
