/*
grain: one row per figure of a store and day that a run changed after it was published
kind: full
inputs: [ops_restatements]
unique: [business_date, store_id, component, currency_code, restated_on]
publish: true
describe: "Numbers that changed: late payouts, refunds and corrections, before and after. ‖ 已发布数字的变更记录。"
*/
with final as (
    select
        business_date, store_id, component, before_minor, after_minor,
        cast(after_minor - before_minor as bigint) as change_minor,
        currency_code, restated_on
    from ops_restatements
)

select * from final
