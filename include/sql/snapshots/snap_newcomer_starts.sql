/*
grain: one row per customer who had his first visit and snapshot date
kind: snapshot
inputs: [int_first_visits, ref_snapshot_dates]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency, learning_days, outlier_bps, small_basket, large_basket]
describe: "How each customer began, and of those who began long enough ago what it led to. ‖ 各客户的起点及（时间足够者的）结果。"
*/
with begun as (
    select
        starts.customer_key, starts.acquisition_source, starts.price_band, starts.daypart,
        starts.basket_minor, starts.half_year_cm2_minor,
        date_diff('day', starts.first_on, dates.snapshot_date) >= :learning_days as is_lesson,
        dates.snapshot_date
    from int_first_visits as starts
    inner join ref_snapshot_dates as dates on starts.first_on <= dates.snapshot_date
    where
        starts.currency_code = :group_currency
        and dates.snapshot_date >= :first_date and dates.snapshot_date <= :last_date
),

ranked as (
    select
        *,
        row_number() over (
            partition by snapshot_date, is_lesson order by half_year_cm2_minor, customer_key
        ) as outcome_rank,
        count(*) over (partition by snapshot_date, is_lesson) * :outlier_bps // 10000 as cut_count,
        count(*) over (partition by snapshot_date, is_lesson) as n,
        cast(sum(case when is_lesson then basket_minor else 0 end)
            over (partition by snapshot_date) as double)
        / nullif(sum(case when is_lesson then 1 else 0 end) over (partition by snapshot_date), 0)
            as usual_basket
    from begun
),

bounds as (
    select
        snapshot_date,
        min(half_year_cm2_minor) filter (where outcome_rank > cut_count) as low_minor,
        max(half_year_cm2_minor) filter (where outcome_rank <= n - cut_count) as high_minor
    from ranked
    where is_lesson
    group by snapshot_date
),

final as (
    select
        ranked.customer_key,
        ranked.acquisition_source,
        case
            when basket_minor < :small_basket * usual_basket then 'small'
            when basket_minor > :large_basket * usual_basket then 'large'
            else 'usual'
        end as basket_band,
        ranked.price_band, ranked.daypart, ranked.is_lesson,
        case when ranked.is_lesson then cast(
            least(greatest(half_year_cm2_minor, low_minor), high_minor) as bigint
        ) end as lesson_cm2_minor,
        ranked.snapshot_date
    from ranked
    left join bounds on ranked.snapshot_date = bounds.snapshot_date
)

select * from final
