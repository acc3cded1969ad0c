/*
grain: one row per list that serves groups too unevenly on the date
kind: full
inputs: [fct_fairness, act_choices]
unique: [list_name]
params: [business_date, fair_min_ratio]
describe: "Lists that are held because groups are served too unevenly. ‖ 因公平性未通过而扣留的名单。"
*/
with uneven as (
    select list_name, min(impact_ratio) as measured_ratio
    from fct_fairness
    where business_date = :business_date and is_gate and verdict = 'uneven'
    group by list_name
),

filled as (
    select distinct list_name from act_choices
),

final as (
    select
        'unfair_list' as exception_code, uneven.list_name, uneven.measured_ratio,
        cast(:fair_min_ratio as double) as limit_ratio
    from uneven
    inner join filled on uneven.list_name = filled.list_name
)

select * from final
