/*
grain: one row per list, measure, dimension and group
kind: full
inputs: [act_group_rates]
unique: [list_name, measure, dimension, group_id]
params: [fair_min_group]
describe: "Each group against the best served one: ratio, and two-proportion z with its p-value. ‖ 各群体与最优群体之比及双比例 z 检验。"
*/
-- Being on the deprioritise list is no favour: there the least listed group is the best served.
with rated as (
    select
        *,
        cast(chosen_count as double) / nullif(base_count, 0) as chosen_ratio,
        base_count >= :fair_min_group as is_large
    from act_group_rates
),

ranked as (
    select
        *,
        row_number() over (
            partition by list_name, measure, dimension
            order by
                case when is_large then 0 else 1 end,
                case when list_name = 'deprioritise' then chosen_ratio else -chosen_ratio end,
                group_id
        ) as turn
    from rated
),

compared as (
    select
        ranked.*,
        best.group_id as best_group_id, best.is_large as is_best_large,
        best.base_count as best_base_count, best.chosen_count as best_chosen_count,
        best.chosen_ratio as best_ratio,
        cast(ranked.chosen_count + best.chosen_count as double)
        / nullif(ranked.base_count + best.base_count, 0) as pooled_ratio
    from ranked
    inner join ranked as best
        on ranked.list_name = best.list_name and ranked.measure = best.measure
        and ranked.dimension = best.dimension and best.turn = 1
),

tested as (
    select
        *,
        abs(chosen_ratio - best_ratio) / nullif(sqrt(
            pooled_ratio * (1 - pooled_ratio)
            * (cast(1 as double) / nullif(base_count, 0)
                + cast(1 as double) / nullif(best_base_count, 0))
        ), 0) as z,
        least(base_count, best_base_count) * least(pooled_ratio, 1 - pooled_ratio)
            as least_expected
    from compared
),

-- Abramowitz and Stegun 26.2.17: the normal tail, in error by less than 7.5e-8.
final as (
    select
        list_name, measure, dimension, group_id, base_count, chosen_count, benefit_minor,
        chosen_ratio, best_group_id, is_large, is_best_large, z, least_expected,
        least(chosen_ratio, best_ratio) / nullif(greatest(chosen_ratio, best_ratio), 0)
            as impact_ratio,
        1 / nullif(1 + cast(0.2316419 as double) * coalesce(z, 0), 0) as t,
        exp(-coalesce(z, 0) * coalesce(z, 0) / 2) / sqrt(cast(6.283185307179586 as double))
            as density
    from tested
)

select * from final
