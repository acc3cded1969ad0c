/*
grain: one row per source of customers and way to begin, and snapshot date; the empty way is the whole source, the empty source is everybody
kind: snapshot
inputs: [snap_newcomer_starts]
unique: [acquisition_source, way, snapshot_date]
params: [first_date, last_date]
describe: "What the first half-year of those who began alike brought, shrunk towards all newcomers. ‖ 同类起点客户首半年的边际利润（收缩估计）。"
*/
with taught as (
    select
        acquisition_source, basket_band || '|' || price_band || '|' || daypart as way,
        lesson_cm2_minor, snapshot_date
    from snap_newcomer_starts
    where is_lesson and snapshot_date >= :first_date and snapshot_date <= :last_date
),

widened as (
    select 1 as circle, acquisition_source, way, lesson_cm2_minor, snapshot_date from taught
    union all
    select 2, acquisition_source, '', lesson_cm2_minor, snapshot_date from taught
    union all
    select 3, '', '', lesson_cm2_minor, snapshot_date from taught
),

cells as (
    select
        circle, acquisition_source, way, snapshot_date,
        cast(count(*) as bigint) as n,
        cast(sum(lesson_cm2_minor) as bigint) as total,
        cast(sum(lesson_cm2_minor * lesson_cm2_minor) as bigint) as square,
        cast(floor(cast(sum(lesson_cm2_minor) as double) * sum(lesson_cm2_minor)
            / nullif(count(*), 0)) as bigint) as mean_square
    from widened
    group by circle, acquisition_source, way, snapshot_date
),

summed as (
    select
        circle, snapshot_date,
        cast(count(*) as double) as m, cast(sum(n) as double) as n,
        cast(sum(n * n) as double) as n_square, cast(sum(total) as double) as s,
        cast(sum(mean_square) as double) as mean_square,
        coalesce(cast(sum(greatest(square - mean_square, 0)) as double)
            / nullif(sum(n) - count(*), 0), 0) as within_variance
    from cells
    group by circle, snapshot_date
),

-- Bühlmann and Straub again: customers within the cells of a circle.
spread as (
    select
        circle, snapshot_date, within_variance,
        coalesce((mean_square - s * s / nullif(n, 0) - (m - 1) * within_variance)
            / nullif(n - n_square / nullif(n, 0), 0), 0) as between_variance
    from summed
),

final as (
    select
        cells.circle, cells.acquisition_source, cells.way,
        cells.n as lesson_count,
        cast(cells.total as double) / nullif(cells.n, 0) as mean_cm2,
        case
            when cells.circle = 3 then 1
            when between_variance > 0 and within_variance > 0
                then cells.n / nullif(cells.n + within_variance / nullif(between_variance, 0), 0)
            else 0
        end as credibility_ratio,
        cells.snapshot_date
    from cells
    inner join spread
        on cells.circle = spread.circle and cells.snapshot_date = spread.snapshot_date
)

select * from final
