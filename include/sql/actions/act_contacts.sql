/*
grain: one row per customer who may be contacted on the date
kind: full
inputs: [stg_consents, ops_identity_map]
unique: [customer_key]
params: [business_date]
describe: The best channel a customer has agreed to; unknown means no. ‖ 客户同意的最佳联系渠道。
*/
with stated as (
    select
        coalesce(ops_identity_map.customer_key, stg_consents.customer_key) as customer_key,
        contact_channel, consent_status, consented_local_at, source_file_sha256, source_row
    from stg_consents
    left join ops_identity_map on stg_consents.customer_key = ops_identity_map.node_key
),

-- The newest word of the person counts, by whichever reference it was given; a tie is a no.
latest as (
    select customer_key, contact_channel, consent_status
    from stated
    where cast(consented_local_at as date) <= :business_date
    qualify row_number() over (
        partition by customer_key, contact_channel
        order by
            consented_local_at desc,
            case consent_status when 'granted' then 1 else 0 end,
            source_file_sha256,
            source_row
    ) = 1
),

ranked as (
    select
        customer_key,
        contact_channel,
        case contact_channel
            when 'wechat' then 1 when 'push' then 2 when 'sms' then 3
            when 'email' then 4 else 5
        end as channel_rank
    from latest
    where consent_status = 'granted'
),

final as (
    select customer_key, contact_channel
    from ranked
    qualify row_number() over (partition by customer_key order by channel_rank) = 1
)

select * from final
