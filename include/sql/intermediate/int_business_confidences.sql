/*
grain: one row per customer with a sign of business and snapshot date
kind: snapshot
inputs: [int_business_evidence]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, account_sign_bps, invoice_sign_bps, company_email_sign_bps, catering_sign_bps, weekday_lunch_sign_bps, party_sign_bps, lead_time_sign_bps]
describe: "How sure the signs make us: 1 − Π(1 − weight); and the three strongest of them. ‖ 企业客户置信度与最强迹象。"
*/
with weighed as (
    select
        customer_key, snapshot_date,
        case when has_account_sign then :account_sign_bps else 0 end as account_bps,
        case when is_billed then :invoice_sign_bps else 0 end as invoice_bps,
        case when is_company_email then :company_email_sign_bps else 0 end as company_email_bps,
        case when has_catering_sign then :catering_sign_bps else 0 end as catering_bps,
        case when has_lunch_sign then :weekday_lunch_sign_bps else 0 end as weekday_lunch_bps,
        case when has_party_sign then :party_sign_bps else 0 end as party_bps,
        case when has_lead_time_sign then :lead_time_sign_bps else 0 end as lead_time_bps
    from int_business_evidence
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

-- What doubt is left after each sign, in billionths of a thousandth: whole numbers only.
doubted as (
    select
        *,
        (((((((cast(1000000000000 as bigint)
            * (10000 - account_bps)) // 10000
            * (10000 - invoice_bps)) // 10000
            * (10000 - company_email_bps)) // 10000
            * (10000 - catering_bps)) // 10000
            * (10000 - weekday_lunch_bps)) // 10000
            * (10000 - party_bps)) // 10000
            * (10000 - lead_time_bps)) // 10000 as doubt_pico
    from weighed
),

signs as (
    select customer_key, snapshot_date, 'account' as sign_id, account_bps as weight_bps
    from weighed
    union all
    select customer_key, snapshot_date, 'invoice' as sign_id, invoice_bps as weight_bps
    from weighed
    union all
    select customer_key, snapshot_date, 'company_email' as sign_id, company_email_bps as weight_bps
    from weighed
    union all
    select customer_key, snapshot_date, 'catering' as sign_id, catering_bps as weight_bps
    from weighed
    union all
    select customer_key, snapshot_date, 'weekday_lunch' as sign_id, weekday_lunch_bps as weight_bps
    from weighed
    union all
    select customer_key, snapshot_date, 'party' as sign_id, party_bps as weight_bps
    from weighed
    union all
    select customer_key, snapshot_date, 'lead_time' as sign_id, lead_time_bps as weight_bps
    from weighed
),

ranked as (
    select customer_key, snapshot_date, sign_id, row_number() over (
        partition by customer_key, snapshot_date order by weight_bps desc, sign_id
    ) as sign_rank
    from signs where weight_bps > 0
),

strongest as (
    select customer_key, snapshot_date,
        string_agg(sign_id, '+' order by sign_rank) as business_signs
    from ranked
    where sign_rank <= 3
    group by customer_key, snapshot_date
),

final as (
    select
        doubted.customer_key,
        cast(1000000000000 - doubted.doubt_pico as bigint) as confidence_pico,
        strongest.business_signs,
        doubted.snapshot_date
    from doubted
    left join strongest
        on doubted.customer_key = strongest.customer_key
        and doubted.snapshot_date = strongest.snapshot_date
)

select * from final
