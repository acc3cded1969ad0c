/*
grain: one row per customer who may be contacted on the date
kind: full
inputs: [act_consents]
unique: [customer_key]
describe: The best channel a customer has agreed to; unknown means no. ‖ 客户同意的最佳联系渠道。
*/
-- The consent to advertising platforms is none to be written to.
with ranked as (
    select
        customer_key,
        contact_channel,
        case contact_channel
            when 'wechat' then 1 when 'push' then 2 when 'sms' then 3
            when 'email' then 4 else 5
        end as channel_rank
    from act_consents
    where consent_status = 'granted' and contact_channel <> 'ads'
),

final as (
    select customer_key, contact_channel
    from ranked
    qualify row_number() over (partition by customer_key order by channel_rank) = 1
)

select * from final
