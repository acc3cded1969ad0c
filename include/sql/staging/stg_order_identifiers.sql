/*
grain: one row per statement of an identifier on an order
kind: view
inputs: [raw_order_identifiers]
describe: "Identifiers on orders (keyed hashes), strongest kinds first. ‖ 订单上的身份标识（加密哈希）。"
*/
with stated as (
    select
        store_id || ':' || order_id as order_key,
        identifier_type,
        identifier_hash,
        case identifier_type
            when 'member_no' then 1
            when 'phone' then 2
            when 'wechat_unionid' then 3
            when 'wechat_openid' then 4
            when 'wecom_external_userid' then 5
            when 'email' then 6
            when 'platform_user' then 7
            when 'external_id' then 8
            when 'card_token' then 9
            else 10
        end as strength_rank,
        identifier_type <> 'card_suffix' as is_linkable,
        source_system,
        source_file_sha256,
        source_row
    from raw_order_identifiers
    where identifier_hash is not null
)

select * from stated
