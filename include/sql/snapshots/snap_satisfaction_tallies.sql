/*
grain: one row per kind of customer, satisfaction, fold of customers and snapshot date
kind: snapshot
inputs: [int_feedbacks, int_customer_kinds, fct_customer_days]
unique: [customer_kind, satisfaction_milli, fold_code, snapshot_date]
params: [first_date, last_date, return_days]
describe: "Ratings whose time to come back is over by the date, and how many came back. ‖ 评分人数与其后回访人数。"
*/
with rated as (
    select
        feedbacks.customer_key, feedbacks.store_id, feedbacks.feedback_id,
        feedbacks.satisfaction_milli, feedbacks.business_date,
        max(case when days.visit_count > 0 then 1 else 0 end) as has_returned
    from int_feedbacks as feedbacks
    left join fct_customer_days as days
        on feedbacks.customer_key = days.customer_key
        and days.business_date > feedbacks.business_date
        and date_diff('day', feedbacks.business_date, days.business_date) <= :return_days
    where feedbacks.satisfaction_milli is not null
    group by
        feedbacks.customer_key, feedbacks.store_id, feedbacks.feedback_id,
        feedbacks.satisfaction_milli, feedbacks.business_date
),

-- All ratings of a person fall into one fold, the same for ever.
final as (
    select
        kinds.customer_kind,
        rated.satisfaction_milli,
        substring(md5(rated.customer_key), 1, 1) as fold_code,
        cast(count(*) as bigint) as rating_count,
        cast(sum(rated.has_returned) as bigint) as return_count,
        kinds.snapshot_date
    from int_customer_kinds as kinds
    inner join rated
        on kinds.customer_key = rated.customer_key
        and date_diff('day', rated.business_date, kinds.snapshot_date) >= :return_days
    where kinds.snapshot_date >= :first_date and kinds.snapshot_date <= :last_date
    group by
        kinds.customer_kind, rated.satisfaction_milli,
        substring(md5(rated.customer_key), 1, 1), kinds.snapshot_date
)

select * from final
