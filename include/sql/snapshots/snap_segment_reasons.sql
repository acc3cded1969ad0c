/*
grain: one row per known customer and snapshot date
kind: snapshot
inputs: [snap_customer_situations, snap_customer_segments]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, loss_visits, loss_age_days, loss_reviews, slowing_ratio, lapsing_ratio, loyal_days]
describe: Which rule decided a customer's segment, and which one nearly did. ‖ 分群的决定规则与临近规则。
*/
with judged as (
    select
        situations.*, segment, is_proven, is_newcomer, is_potential_low, is_sustained,
        big_since_on is not null as is_big,
        date_diff('day', big_since_on, situations.snapshot_date) < :loyal_days as is_big_lately
    from snap_customer_situations as situations
    inner join snap_customer_segments as segments
        on situations.customer_key = segments.customer_key
        and situations.snapshot_date = segments.snapshot_date
    where situations.snapshot_date >= :first_date and situations.snapshot_date <= :last_date
),

decided as (
    select
        *,
        case
            when segment = 'not_profiled' then 'profiling_refused'
            when segment = 'prospect' and visit_count = 0 then 'no_paid_visit'
            when segment = 'prospect' then 'promising_newcomer'
            when segment = 'unproven' then 'little_evidence'
            when segment = 'loss_maker' then 'proven_loss'
            when segment = 'lapsed' then 'long_silent'
            when segment = 'wavering' and overdue_ratio >= :lapsing_ratio then 'likely_lapsing'
            when segment = 'wavering' and overdue_ratio >= :slowing_ratio then 'slowing'
            when segment = 'wavering' then 'spending_less'
            when segment = 'loyal' then 'sustained_big'
            when overdue_ratio >= :slowing_ratio then 'slow_of_no_value'
            else 'on_rhythm'
        end as segment_reason_code,
        -- The gravest rule that failed by a clause comes first: nobody is written off by mistake.
        case
            when segment in ('not_profiled', 'loss_maker') or visit_count = 0 then null
            when is_loss_making and visit_count < :loss_visits then 'loss_too_few_visits'
            when is_loss_making and age_days < :loss_age_days then 'loss_too_young'
            when is_loss_making and not is_potential_low then 'loss_with_potential'
            when is_loss_making and loss_review_count < :loss_reviews then 'loss_one_review'
            when is_loss_making then 'loss_complaint_open'
            when visit_profit_high_minor < 0 then 'loss_in_idle_hours'
            when curve_profit_minor < 0 and is_proven then 'loss_not_sure'
            when segment = 'unproven' and is_newcomer then 'not_promising'
            when segment = 'unproven' then 'newcomer_no_more'
            when segment = 'prospect' then 'evidence_short'
            when segment = 'lapsed' and is_big then 'big_but_silent'
            when segment = 'wavering' and overdue_ratio >= :lapsing_ratio then 'almost_lapsed'
            when segment = 'wavering' and is_sustained then 'big_but_slowing'
            when segment = 'steady' and is_big and is_big_lately then 'big_too_lately'
            when segment = 'steady' and is_big and not is_sustained then 'big_with_gaps'
            when segment in ('loyal', 'steady') and overdue_ratio >= 1
                and overdue_ratio < :slowing_ratio then 'almost_slowing'
        end as near_reason_code
    from judged
),

final as (
    select customer_key, segment_reason_code, near_reason_code, snapshot_date
    from decided
)

select * from final
