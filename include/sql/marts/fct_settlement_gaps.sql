/*
grain: one row per store, platform, business date and currency with settled orders
kind: days
inputs: [fct_orders]
unique: [store_id, platform, currency_code, business_date]
params: [first_date, last_date]
publish: true
describe: "What platforms really took against what the rule says: how wrong one flat rate is. ‖ 平台实际结算与规则的差距。"
*/
with final as (
    select
        store_id, platform, currency_code,
        cast(count(*) as bigint) as order_count,
        cast(sum(net_sales_minor) as bigint) as net_sales_minor,
        cast(sum(channel_cost_minor) as bigint) as channel_cost_minor,
        cast(sum(channel_rule_minor) as bigint) as channel_rule_minor,
        cast(sum(settlement_gap_minor) as bigint) as settlement_gap_minor,
        cast(min(settlement_gap_minor) as bigint) as lowest_gap_minor,
        cast(max(settlement_gap_minor) as bigint) as highest_gap_minor,
        business_date
    from fct_orders
    where is_settled and business_date >= :first_date and business_date <= :last_date
    group by store_id, platform, currency_code, business_date
)

select * from final
