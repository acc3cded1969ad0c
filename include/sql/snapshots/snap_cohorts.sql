/*
grain: one row per kind of customer, brand of the main store and snapshot date
kind: snapshot
inputs: [snap_cohort_members, snap_cohort_means]
unique: [customer_kind, brand, snapshot_date]
params: [first_date, last_date, min_cohort, max_credibility_visits]
describe: "What a cohort tells about one of its customers: visits, spend, gaps; from all its kind where it is small. ‖ 群体的单次利润、消费、间隔与信度。"
*/
with cohorts as (
    select customer_kind, brand, snapshot_date, cast(count(*) as bigint) as customer_count
    from snap_cohort_members
    where snapshot_date >= :first_date and snapshot_date <= :last_date
    group by customer_kind, brand, snapshot_date
),

-- The narrowest circle with enough customers who came twice speaks for the cohort.
chosen as (
    select
        cohorts.customer_kind, cohorts.brand, cohorts.snapshot_date,
        means.circle, means.measure_code, means.mean, means.within_variance,
        means.credibility_count, means.relative_variance, means.repeat_count
    from cohorts
    inner join snap_cohort_means as means
        on cohorts.snapshot_date = means.snapshot_date
        and means.customer_kind = case when means.circle = 'group' then ''
            else cohorts.customer_kind end
        and means.brand = case when means.circle = 'brand' then cohorts.brand else '' end
    where means.repeat_count >= :min_cohort or means.circle = 'group'
    qualify row_number() over (
        partition by
            cohorts.customer_kind, cohorts.brand, cohorts.snapshot_date, means.measure_code
        order by means.circle_rank
    ) = 1
),

told as (
    select
        customer_kind, brand, snapshot_date,
        max(case when measure_code = 'profit' and repeat_count > 0 then circle end) as circle,
        max(mean) filter (where measure_code = 'profit') as visit_profit_mean,
        max(within_variance) filter (where measure_code = 'profit') as within_variance,
        max(credibility_count) filter (where measure_code = 'profit') as credibility_visits,
        max(mean) filter (where measure_code = 'spend') as spend_mean,
        max(within_variance) filter (where measure_code = 'spend') as spend_variance,
        max(credibility_count) filter (where measure_code = 'spend') as spend_visits,
        max(mean) filter (where measure_code = 'gap') / 1000 as gap_mean_days,
        max(credibility_count) filter (where measure_code = 'gap') as gap_visits,
        max(relative_variance) filter (where measure_code = 'gap') as gap_variance_ratio
    from chosen
    group by customer_kind, brand, snapshot_date
),

final as (
    select
        cohorts.customer_kind, cohorts.brand, cohorts.customer_count,
        coalesce(told.circle, 'none') as circle,
        coalesce(told.visit_profit_mean, 0) as visit_profit_mean,
        coalesce(told.within_variance, 0) as within_variance,
        coalesce(told.credibility_visits, :max_credibility_visits) as credibility_visits,
        coalesce(told.spend_mean, 0) as spend_mean,
        coalesce(told.spend_variance, 0) as spend_variance,
        coalesce(told.spend_visits, :max_credibility_visits) as spend_visits,
        greatest(coalesce(told.gap_mean_days, 30), 1) as mean_gap_days,
        coalesce(told.gap_visits, 1) as gap_visits,
        coalesce(told.gap_variance_ratio, 1) as gap_variance_ratio,
        cohorts.snapshot_date
    from cohorts
    left join told
        on cohorts.customer_kind = told.customer_kind
        and cohorts.brand = told.brand
        and cohorts.snapshot_date = told.snapshot_date
)

select * from final
