/*
grain: one row per known newcomer and snapshot date
kind: snapshot
inputs: [int_customer_kinds, int_customers, snap_customer_values, snap_newcomer_starts, snap_newcomer_lessons]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, prospect_days, prospect_visits, probation_share, min_lessons]
describe: "Who is new, whether he is worth wooing, and what may be offered until he is proven. ‖ 新客筛选与试用期权益上限。"
*/
with newcomers as (
    select
        kinds.customer_key, kinds.snapshot_date,
        coalesce(valued.visit_count, 0) as visit_count,
        coalesce(valued.curve_cm2_minor, 0) as cm2_minor,
        coalesce(valued.curve_profit_minor, 0) as profit_minor,
        coalesce(valued.is_specials_only, false) as is_specials_only,
        coalesce(known.acquisition_source, 'unknown') as acquisition_source,
        starts.basket_band || '|' || starts.price_band || '|' || starts.daypart as way
    from int_customer_kinds as kinds
    inner join int_customers as known on kinds.customer_key = known.customer_key
    left join snap_customer_values as valued
        on kinds.customer_key = valued.customer_key
        and kinds.snapshot_date = valued.snapshot_date
    left join snap_newcomer_starts as starts
        on kinds.customer_key = starts.customer_key
        and kinds.snapshot_date = starts.snapshot_date
    where
        kinds.snapshot_date >= :first_date and kinds.snapshot_date <= :last_date
        and (
            valued.customer_key is null
            or (valued.visit_count <= :prospect_visits and valued.age_days <= :prospect_days)
        )
),

expected as (
    select
        newcomers.*,
        coalesce(everybody.lesson_count, 0) >= :min_lessons as is_taught,
        coalesce(everybody.mean_cm2, 0) as all_cm2,
        coalesce(sources.credibility_ratio, 0) as source_trust,
        coalesce(sources.mean_cm2, 0) as source_cm2,
        coalesce(ways.credibility_ratio, 0) as way_trust,
        coalesce(ways.mean_cm2, 0) as way_cm2
    from newcomers
    left join snap_newcomer_lessons as everybody
        on newcomers.snapshot_date = everybody.snapshot_date and everybody.circle = 3
    left join snap_newcomer_lessons as sources
        on newcomers.snapshot_date = sources.snapshot_date and sources.circle = 2
        and newcomers.acquisition_source = sources.acquisition_source
    left join snap_newcomer_lessons as ways
        on newcomers.snapshot_date = ways.snapshot_date and ways.circle = 1
        and newcomers.acquisition_source = ways.acquisition_source and newcomers.way = ways.way
),

-- Too few lessons: what he brought himself is all that is known.
judged as (
    select
        *,
        cast(floor(case when is_taught then
            way_trust * way_cm2 + (1 - way_trust)
            * (source_trust * source_cm2 + (1 - source_trust) * all_cm2)
        else cm2_minor end) as bigint) as expected_half_year_cm2_minor
    from expected
),

final as (
    select
        customer_key,
        not is_specials_only and profit_minor >= 0
        and (expected_half_year_cm2_minor > 0 or not is_taught) as is_screened_in,
        case
            when is_specials_only then 'specials_only'
            when profit_minor < 0 then 'costs_so_far'
            when not is_taught then 'nothing_learnt'
            when expected_half_year_cm2_minor <= 0 then 'expected_loss'
            else 'expected_gain'
        end as screen_reason_code,
        expected_half_year_cm2_minor,
        cast(floor(:probation_share * greatest(expected_half_year_cm2_minor, 0)) as bigint)
            as probation_offer_minor,
        snapshot_date
    from judged
)

select * from final
