/*
grain: one row per cut and snapshot date
kind: snapshot
inputs: [snap_score_histories]
unique: [cut_on, snapshot_date]
params: [first_date, last_date]
describe: What all customers together tell the score about one of them, by a cut. ‖ 分割日全体客户的节奏与客单。
*/
with customers as (
    select
        snapshot_date, cut_on, horizons_back, visit_count, age_days, profit_minor,
        case when visit_count > 1 then cast(floor(
            cast(age_days - silent_days as double) * 1000000 / (visit_count - 1)
        ) as bigint) end as own_gap_micro
    from snap_score_histories
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- Sums of whole numbers only: a sum of doubles differs from run to run.
summed as (
    select
        snapshot_date, cut_on, horizons_back,
        cast(count(*) as bigint) as customer_count,
        cast(count(own_gap_micro) as bigint) as returner_count,
        cast(sum(visit_count - 1) as bigint) as repeat_visit_count,
        cast(sum(age_days) as bigint) as customer_day_count,
        cast(max(age_days) as bigint) as history_days,
        cast(sum(profit_minor) as double) / nullif(sum(visit_count), 0) as basket_minor,
        cast(sum(own_gap_micro) as double) / nullif(count(own_gap_micro), 0) / 1000000
            as mean_gap_days
    from customers
    group by snapshot_date, cut_on, horizons_back
),

-- With nobody who came back the group has no rhythm of its own yet: thirty days.
paced as (
    select *, greatest(coalesce(mean_gap_days, 30), 1) as usual_gap_days from summed
),

final as (
    select
        customer_count, returner_count, repeat_visit_count, customer_day_count, history_days,
        cast(cast(greatest(repeat_visit_count, 1) as double) / nullif(customer_day_count, 0)
            as double) as pace,
        cast(floor(basket_minor) as bigint) as basket_minor,
        cast(4 * usual_gap_days as double) as half_life_days,
        cast(0.6 as double) as prior_visits,
        cast(2 as double) as prior_baskets,
        cast(0.1 as double) as leaving_odds,
        cast(0.1 as double) as revival_ratio,
        cast(0.5 as double) as size_prior_visits,
        cast(0.1 as double) as size_floor,
        horizons_back,
        cut_on,
        snapshot_date
    from paced
)

select * from final
