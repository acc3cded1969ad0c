/*
grain: one row per list, measure, dimension, group and business date
kind: days
inputs: [act_group_tests, ref_fairness_gates]
unique: [list_name, measure, dimension, group_id, business_date]
params: [first_date, last_date, business_date, group_currency, fair_min_ratio, fair_max_p]
publish: true
describe: "How evenly lists, actions and benefits fall on groups: four-fifths ratio with a test. ‖ 公平性：五分之四比率与显著性检验。"
*/
with gates as (
    select measure, dimension from ref_fairness_gates
),

weighed as (
    select
        tests.*,
        gates.measure is not null as is_gate,
        least(2 * density * t * (
            cast(0.319381530 as double) - t * (
                cast(0.356563782 as double) - t * (
                    cast(1.781477937 as double) - t * (
                        cast(1.821255978 as double) - t * cast(1.330274429 as double)
                    )
                )
            )
        ), 1) as p_value
    from act_group_tests as tests
    left join gates on tests.measure = gates.measure and tests.dimension = gates.dimension
),

judged as (
    select
        *,
        not is_large or not is_best_large or coalesce(least_expected, 0) < 5 as is_too_few
    from weighed
),

-- Many comparisons a day find something by chance: Bonferroni over those that may hold a list.
families as (
    select greatest(count(*), 1) as comparison_count
    from judged
    where is_gate and not is_too_few and group_id <> best_group_id
),

adjusted as (
    select judged.*, least(p_value * families.comparison_count, 1) as adjusted_p_value
    from judged
    cross join families
),

final as (
    select
        list_name, measure, dimension, group_id, base_count, chosen_count,
        cast(chosen_ratio as double) as chosen_ratio,
        benefit_minor, best_group_id,
        cast(coalesce(impact_ratio, 1) as double) as impact_ratio,
        cast(p_value as double) as p_value,
        cast(adjusted_p_value as double) as adjusted_p_value,
        case
            when is_too_few then 'too_few'
            when impact_ratio < :fair_min_ratio and adjusted_p_value < :fair_max_p
                then 'uneven'
            else 'even'
        end as verdict,
        is_gate,
        cast(:group_currency as text) as currency_code,
        cast(:business_date as date) as business_date
    from adjusted
    where :business_date >= :first_date and :business_date <= :last_date
)

select * from final
