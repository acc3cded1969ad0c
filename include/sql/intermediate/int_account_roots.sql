/*
grain: one row per business account
kind: full
inputs: [stg_accounts]
unique: [account_id]
describe: "The head office of every account: its parents followed to the last, 32 steps at most. ‖ 总部账户。"
*/
with stated as (
    select
        accounts.account_id,
        accounts.parent_account_id,
        accounts.parent_account_id is not null and parents.account_id is null
            as is_parent_unknown,
        coalesce(parents.account_id, accounts.account_id) as up_id
    from stg_accounts as accounts
    left join stg_accounts as parents on accounts.parent_account_id = parents.account_id
),

-- Each step looks from where the step before it had come to, so it goes twice as far.
two_up as (
    select stated.account_id, above.up_id
    from stated inner join stated as above on stated.up_id = above.account_id
),

four_up as (
    select two_up.account_id, above.up_id
    from two_up inner join two_up as above on two_up.up_id = above.account_id
),

eight_up as (
    select four_up.account_id, above.up_id
    from four_up inner join four_up as above on four_up.up_id = above.account_id
),

sixteen_up as (
    select eight_up.account_id, above.up_id
    from eight_up inner join eight_up as above on eight_up.up_id = above.account_id
),

thirty_two_up as (
    select sixteen_up.account_id, above.up_id
    from sixteen_up inner join sixteen_up as above on sixteen_up.up_id = above.account_id
),

-- Who has no parent left is the head office; in a circle nobody is, and each stands alone.
final as (
    select
        stated.account_id,
        stated.parent_account_id,
        case when tops.up_id = tops.account_id then tops.account_id else stated.account_id end
            as root_account_id,
        case
            when tops.up_id <> tops.account_id then 'endless'
            when stated.is_parent_unknown then 'unknown'
        end as parent_fault
    from stated
    inner join thirty_two_up on stated.account_id = thirty_two_up.account_id
    inner join stated as tops on thirty_two_up.up_id = tops.account_id
)

select * from final
