/*
grain: one row per business account and day on which somebody began to look after it
kind: view
inputs: [raw_accounts]
unique: [account_id, owner_since_on]
describe: Since when who looks after an account, from every statement of it. ‖ 商业账户负责人的任期起点。
*/
with final as (
    select
        account_id,
        owner_since_on,
        coalesce(min(account_owner), '') as account_owner
    from raw_accounts
    where owner_since_on is not null
    group by account_id, owner_since_on
)

select * from final
