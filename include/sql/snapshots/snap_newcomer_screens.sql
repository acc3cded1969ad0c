/*
grain: one row per known newcomer and snapshot date
kind: snapshot
inputs: [int_customer_kinds, snap_customer_values]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, prospect_days, prospect_visits, probation_share]
describe: "Who is new, whether he is worth wooing, and what may be offered until he is proven. ‖ 新客筛选与试用期权益上限。"
*/
with known as (
    select
        kinds.customer_key, kinds.snapshot_date,
        coalesce(valued.visit_count, 0) as visit_count,
        coalesce(valued.curve_cm2_minor, 0) as cm2_minor,
        coalesce(valued.is_specials_only, false) as is_specials_only
    from int_customer_kinds as kinds
    left join snap_customer_values as valued
        on kinds.customer_key = valued.customer_key
        and kinds.snapshot_date = valued.snapshot_date
    where
        kinds.snapshot_date >= :first_date and kinds.snapshot_date <= :last_date
        and (
            valued.customer_key is null
            or (valued.visit_count <= :prospect_visits and valued.age_days <= :prospect_days)
        )
),

final as (
    select
        customer_key,
        cm2_minor >= 0 and not is_specials_only as is_screened_in,
        case
            when is_specials_only then 'specials_only'
            when cm2_minor < 0 then 'expected_loss'
            when visit_count = 0 then 'no_visit_yet'
            else 'expected_gain'
        end as screen_reason_code,
        cast(cm2_minor as bigint) as expected_half_year_cm2_minor,
        cast(floor(greatest(cm2_minor, 0) * :probation_share) as bigint) as probation_offer_minor,
        snapshot_date
    from known
)

select * from final
