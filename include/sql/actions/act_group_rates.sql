/*
grain: one row per list, measure, dimension and group
kind: full
inputs: [act_groups]
unique: [list_name, measure, dimension, group_id]
describe: "How many of each group could have been chosen, and how many were. ‖ 各群体的基数与入选数。"
*/
with lists as (
    select 'reward' as list_name union all select 'incentivise' union all select 'activate'
    union all select 'deprioritise'
),

-- Judged for the list at all: everybody counts.
listed as (
    select
        lists.list_name, 'listed' as measure, dimension, group_id,
        count(*) as base_count,
        count(*) filter (where grouped.list_name = lists.list_name) as chosen_count,
        0 as benefit_minor
    from act_groups as grouped
    cross join lists
    group by lists.list_name, dimension, group_id
),

-- Of those on the list whom their own wishes let be reached.
acted as (
    select
        list_name, 'acted' as measure, dimension, group_id,
        count(*) as base_count, count(*) filter (where is_acted) as chosen_count,
        sum(benefit_minor) as benefit_minor
    from act_groups
    where is_reachable
    group by list_name, dimension, group_id
),

benefit as (
    select
        list_name, 'benefit' as measure, dimension, group_id,
        count(*) as base_count, count(*) filter (where benefit_minor > 0) as chosen_count,
        sum(benefit_minor) as benefit_minor
    from act_groups
    where is_reachable and is_acted
    group by list_name, dimension, group_id
),

gathered as (
    select * from listed
    union all
    select * from acted
    union all
    select * from benefit
),

final as (
    select
        list_name, measure, dimension, group_id,
        cast(base_count as bigint) as base_count,
        cast(chosen_count as bigint) as chosen_count,
        cast(benefit_minor as bigint) as benefit_minor
    from gathered
    where group_id is not null and group_id <> ''
)

select * from final
