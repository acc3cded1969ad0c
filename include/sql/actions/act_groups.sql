/*
grain: one row per judged customer and dimension of fairness
kind: full
inputs: [snap_customer_tiers, int_customers, act_visits, act_candidates, act_plans]
unique: [customer_key, dimension]
params: [business_date, tenure_days]
describe: "To which groups a customer belongs, and what he got on the date. ‖ 客户所属群体与当日获得。"
*/
-- Neither staff nor who was not profiled was ever judged for a list.
with judged as (
    select
        tiers.customer_key, tiers.store_id,
        coalesce(known.language, '') as language,
        coalesce(visits.main_channel, '') as main_channel,
        case when coalesce(tiers.age_days, 0) <= :tenure_days then 'new' else 'old' end as tenure,
        tiers.list_name,
        candidates.guardrail is null and candidates.customer_key is not null as is_reachable,
        plans.customer_key is not null
            and (plans.guardrail is null or plans.guardrail in ('holdout', 'shadow')) as is_acted,
        coalesce(plans.cost_minor, 0) as benefit_minor
    from snap_customer_tiers as tiers
    left join int_customers as known on tiers.customer_key = known.customer_key
    left join act_visits as visits on tiers.customer_key = visits.customer_key
    left join act_candidates as candidates on tiers.customer_key = candidates.customer_key
    left join act_plans as plans on tiers.customer_key = plans.customer_key
    where
        tiers.snapshot_date = :business_date and tiers.segment <> 'not_profiled'
        and not tiers.is_staff and tiers.visit_count > 0
),

dimensions as (
    select 'store' as dimension union all select 'channel' union all select 'language'
    union all select 'tenure'
),

final as (
    select
        judged.customer_key, dimensions.dimension,
        case dimensions.dimension
            when 'store' then store_id when 'channel' then main_channel
            when 'language' then language else tenure
        end as group_id,
        list_name, is_reachable, is_acted, benefit_minor
    from judged
    cross join dimensions
)

select * from final
