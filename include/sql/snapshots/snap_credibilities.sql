/*
grain: one row per circle of customers (a kind at a brand, a kind, all), measure and snapshot date
kind: snapshot
inputs: [snap_customer_measures]
unique: [circle, customer_kind, brand, measure_code, snapshot_date]
params: [first_date, last_date]
describe: "How many own observations weigh as much as the circle's: Bühlmann and Straub's structure. ‖ 信度模型的结构参数。"
*/
with circles as (
    select 1 as circle_rank, 'brand' as circle
    union all select 2, 'kind'
    union all select 3, 'group'
),

placed as (
    select
        circles.circle, circles.circle_rank,
        case when circles.circle = 'group' then '' else customer_kind end as customer_kind,
        case when circles.circle = 'brand' then brand else '' end as brand,
        measure_code, n, total, square, mean_square,
        -- In millionths of the squared mean, so that a monthly guest weighs as a weekly one.
        case when total > 0 then cast(floor(
            cast(square - mean_square as double) * n * n * 1000000 / total / total
        ) as bigint) else 0 end as relative_square_micro,
        snapshot_date
    from snap_customer_measures
    cross join circles
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- Sums of whole numbers only: a sum of doubles differs from run to run.
summed as (
    select
        circle, customer_kind, brand, measure_code, snapshot_date,
        min(circle_rank) as circle_rank,
        count(*) as customer_count,
        count(*) filter (where n > 1) as repeat_count,
        cast(count(*) as double) as m,
        cast(sum(n) as double) as n,
        cast(sum(n * n) as double) as n_square,
        cast(sum(total) as double) as s,
        cast(sum(square - mean_square) as double) as within_square,
        cast(sum(mean_square) as double) as mean_square,
        cast(sum(relative_square_micro) as double) / 1000000 as relative_square
    from placed
    group by circle, customer_kind, brand, measure_code, snapshot_date
),

spread as (
    select
        *,
        s / nullif(n, 0) as plain_mean,
        coalesce(greatest(within_square, 0) / nullif(n - m, 0), 0) as within_variance
    from summed
),

structured as (
    select
        *,
        coalesce(
            (mean_square - s * plain_mean - (m - 1) * within_variance)
            / nullif(n - n_square / nullif(n, 0), 0), 0
        ) as between_variance
    from spread
),

-- Source: Bühlmann and Straub 1970; the unbiased estimators of Bühlmann and Gisler 2005, ch. 4.
-- What is less than a billionth of the squares is the noise of the arithmetic.
final as (
    select
        circle, cast(circle_rank as bigint) as circle_rank, customer_kind, brand, measure_code,
        cast(customer_count as bigint) as customer_count,
        cast(repeat_count as bigint) as repeat_count,
        plain_mean, within_variance,
        case when between_variance * n * 1000000000 > mean_square then between_variance else 0 end
            as between_variance,
        coalesce(relative_square / nullif(n - m, 0), 1) as relative_variance,
        snapshot_date
    from structured
)

select * from final
