/*
grain: one row per snapshot date
kind: snapshot
inputs: [snap_customer_features]
unique: [snapshot_date]
params: [first_date, last_date]
describe: "What all customers together tell about one of them: pace, basket, spread. ‖ 全体客户的节奏、客单与离散度。"
*/
with customers as (
    select
        *,
        case when visit_count > 1 then cast(floor(
            cast(age_days - silent_days as double) * 1000000 / (visit_count - 1)
        ) as bigint) end as own_gap_micro,
        case when curve_visit_count > 0 then cast(floor(
            cast(curve_profit_minor as double) * curve_profit_minor / curve_visit_count
        ) as bigint) end as curve_mean_square
    from snap_customer_features
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- Sums of whole numbers only: a sum of doubles differs from run to run.
summed as (
    select
        snapshot_date,
        cast(sum(visit_count - 1) as double) as repeat_count,
        cast(sum(age_days) as double) as day_count,
        cast(sum(profit_minor) as double) as value_sum,
        cast(sum(visit_count) as double) as visit_sum,
        cast(sum(own_gap_micro) as double) as gap_sum,
        cast(count(own_gap_micro) as double) as gap_count,
        cast(count(curve_mean_square) as double) as m,
        cast(sum(curve_visit_count) as double) as n,
        cast(sum(curve_visit_count * curve_visit_count) as double) as n_square,
        cast(sum(curve_profit_minor) as double) as s,
        cast(sum(curve_profit_square) as double) as x_square,
        cast(sum(curve_mean_square) as double) as mean_square
    from customers
    group by snapshot_date
),

paced as (
    select
        *,
        greatest(repeat_count, 1) / nullif(day_count, 0) as pace,
        value_sum / nullif(visit_sum, 0) as basket_minor,
        coalesce(gap_sum / nullif(gap_count, 0) / 1000000, 30) as mean_gap_days,
        coalesce(s / nullif(n, 0), 0) as grand_mean,
        coalesce(greatest(x_square - mean_square, 0) / nullif(n - m, 0), 0)
            as within_var
    from summed
),

spread as (
    select
        *,
        case when m > 1 then coalesce(greatest(
            (mean_square - s * grand_mean - (m - 1) * within_var)
            / nullif(n - n_square / nullif(n, 0), 0), 0
        ), 0) else 0 end as between_var
    from paced
),

final as (
    select
        cast(pace as double) as pace,
        cast(basket_minor as double) as basket_minor,
        cast(greatest(mean_gap_days, 1) as double) as mean_gap_days,
        cast(4 * greatest(mean_gap_days, 1) as double) as half_life_days,
        cast(grand_mean as double) as visit_profit_mean,
        cast(within_var as double) as within_variance,
        cast(case
            when between_var > 0 then least(
                greatest(within_var / nullif(between_var, 0), cast(0.1 as double)), 50
            )
            else 50
        end as double) as credibility_visits,
        snapshot_date
    from spread
)

select * from final
