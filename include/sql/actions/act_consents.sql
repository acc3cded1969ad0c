/*
grain: one row per customer and channel with a word on it by the date
kind: full
inputs: [stg_consents, stg_action_events, ops_identity_map]
unique: [customer_key, contact_channel]
params: [business_date]
describe: The newest word of a customer on a channel; leaving and bouncing withdraw it. ‖ 客户对各渠道的最新意愿（退订与退信即撤回）。
*/
with channels as (
    select 'email' as contact_channel union all select 'sms' union all select 'wechat'
    union all select 'push' union all select 'phone' union all select 'ads'
),

spoken as (
    select
        customer_key, contact_channel, consent_status, consented_local_at, consent_source,
        source_file_sha256, source_row
    from stg_consents
    union all
    select
        events.customer_key, channels.contact_channel, 'denied', events.happened_local_at,
        events.event_kind, events.source_file_sha256, events.source_row
    from stg_action_events as events
    inner join channels
        on coalesce(events.contact_channel, channels.contact_channel) = channels.contact_channel
    where events.event_kind in ('bounced', 'unsubscribed')
),

stated as (
    select
        coalesce(ops_identity_map.customer_key, spoken.customer_key) as customer_key,
        contact_channel, consent_status, consented_local_at, consent_source,
        source_file_sha256, source_row
    from spoken
    left join ops_identity_map on spoken.customer_key = ops_identity_map.node_key
),

-- The newest word of the person counts, by whichever reference it was given; a tie is a no.
final as (
    select customer_key, contact_channel, consent_status, consented_local_at, consent_source
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
)

select * from final
