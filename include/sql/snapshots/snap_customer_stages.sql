/*
grain: one row per known customer and snapshot date
kind: snapshot
inputs: [int_customer_kinds, snap_customer_scores, ops_tier_reviews, stg_account_owners, int_account_customers, fct_customer_days]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, establish_visits, establish_days, strengthen_days, restart_ratio]
publish: true
describe: "The stage of every relationship on a date, and why: establish, stabilise, strengthen. ‖ 客户关系阶段及原因。"
*/
with known as (
    select
        kinds.customer_key, kinds.snapshot_date,
        coalesce(scores.visit_count, 0) as visit_count,
        coalesce(scores.age_days, 0) as age_days,
        coalesce(scores.overdue_ratio, 0) as overdue_ratio,
        reviews.big_since_on
    from int_customer_kinds as kinds
    left join snap_customer_scores as scores
        on kinds.customer_key = scores.customer_key
        and kinds.snapshot_date = scores.snapshot_date
    left join ops_tier_reviews as reviews
        on kinds.customer_key = reviews.customer_key
        and kinds.snapshot_date = reviews.snapshot_date
    where kinds.snapshot_date >= :first_date and kinds.snapshot_date <= :last_date
),

owned as (
    select
        known.customer_key, known.snapshot_date, max(owners.owner_since_on) as owner_since_on
    from stg_account_owners as owners
    inner join int_account_customers as accounts on owners.account_id = accounts.account_id
    inner join known
        on accounts.customer_key = known.customer_key
        and owners.owner_since_on <= known.snapshot_date
    group by known.customer_key, known.snapshot_date
),

-- Who looked after the account from its first visit on has not taken anything over.
taken_over as (
    select
        owned.customer_key, owned.snapshot_date, owned.owner_since_on,
        coalesce(sum(days.visit_count) filter (
            where days.business_date >= owned.owner_since_on
        ), 0) as visit_count
    from owned
    inner join fct_customer_days as days
        on owned.customer_key = days.customer_key
        and days.business_date <= owned.snapshot_date
    group by owned.customer_key, owned.snapshot_date, owned.owner_since_on
    having min(case when days.visit_count > 0 then days.business_date end) < owned.owner_since_on
),

judged as (
    select
        known.*, taken_over.owner_since_on,
        case
            when known.visit_count <= :establish_visits then 'few_visits'
            when known.age_days <= :establish_days then 'young'
            when known.overdue_ratio >= :restart_ratio then 'overdue'
            when taken_over.visit_count <= :establish_visits
                or date_diff('day', taken_over.owner_since_on, known.snapshot_date) + 1
                <= :establish_days then 'new_owner'
            when date_diff('day', known.big_since_on, known.snapshot_date) >= :strengthen_days
                then 'long_big'
            else 'settled'
        end as stage_reason_code
    from known
    left join taken_over
        on known.customer_key = taken_over.customer_key
        and known.snapshot_date = taken_over.snapshot_date
),

final as (
    select
        customer_key,
        case stage_reason_code when 'long_big' then 'strengthen' when 'settled' then 'stabilise'
            else 'establish' end as stage,
        stage_reason_code, owner_since_on, big_since_on, snapshot_date
    from judged
)

select * from final
