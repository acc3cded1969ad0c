/*
grain: one row per reference whose customer changed on a business date
kind: loop
inputs: [fct_identity_moves, int_identity_assigned, int_identity_changes, ops_identity_map, int_customers]
unique: [reference_key, business_date]
params: [business_date]
publish: true
describe: "Who became part of another customer, or was taken apart, when, and by which evidence. ‖ 客户合并与拆分记录。"
*/
with compared as (
    select
        assigned.node_key,
        coalesce(ops_identity_map.customer_key, assigned.node_key) as customer_key_before,
        assigned.customer_key
    from int_identity_assigned as assigned
    left join ops_identity_map on assigned.node_key = ops_identity_map.node_key
),

-- Only what readers have seen can move: a key that stood for a customer in the last build.
moved as (
    select compared.node_key, compared.customer_key_before, compared.customer_key
    from compared
    inner join int_customers on compared.customer_key_before = int_customers.customer_key
    where
        compared.customer_key_before <> compared.customer_key
        and (starts_with(compared.node_key, 'c_')
            or compared.node_key = compared.customer_key_before)
),

ends as (
    select left_key as node_key, reason, is_added from int_identity_changes
    union
    select right_key, reason, is_added from int_identity_changes
),

reasons as (
    select distinct
        compared.customer_key,
        case when ends.is_added then '+' else '-' end || ends.reason as reason
    from ends
    inner join compared on ends.node_key = compared.node_key
),

worded as (
    select customer_key, string_agg(reason, ' ' order by reason) as evidence
    from reasons
    group by customer_key
),

earlier as (
    select reference_key, customer_key_before, customer_key, evidence
    from fct_identity_moves
    where business_date = :business_date
),

-- Run again, a day tells the move from its first state to its last one.
today as (
    select
        coalesce(earlier.reference_key, moved.node_key) as reference_key,
        coalesce(earlier.customer_key_before, moved.customer_key_before) as customer_key_before,
        coalesce(moved.customer_key, earlier.customer_key) as customer_key,
        coalesce(worded.evidence, earlier.evidence, '') as evidence,
        cast(:business_date as date) as business_date
    from moved
    left join worded on moved.customer_key = worded.customer_key
    full outer join earlier on moved.node_key = earlier.reference_key
),

final as (
    select reference_key, customer_key_before, customer_key, evidence, business_date from today
    where customer_key_before <> customer_key
    union all
    select reference_key, customer_key_before, customer_key, evidence, business_date
    from fct_identity_moves
    where business_date <> :business_date
)

select * from final
