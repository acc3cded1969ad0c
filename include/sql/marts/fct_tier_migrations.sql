/*
grain: one row per month, kind of customer, tier at the end of the month before and tier at its end
kind: full
inputs: [int_monthly_moves]
unique: [month_starts_on, customer_kind, tier_before, tier]
params: [group_currency]
publish: true
describe: "How customers moved between tiers in a month: how many of how many, and what they brought in it. ‖ 月度等级迁移矩阵。"
*/
with final as (
    select
        month_starts_on, customer_kind, state_before as tier_before, state as tier,
        customer_count, before_count, migration_ratio, true_profit_minor,
        cast(:group_currency as text) as currency_code
    from int_monthly_moves
    where state_kind = 'tier'
)

select * from final
