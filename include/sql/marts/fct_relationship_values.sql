/*
grain: one row per ladder of states (active tier or stage), kind of customer and state
kind: full
inputs: [ops_relationship_values]
unique: [state_kind, customer_kind, state]
params: [group_currency, yearly_discount]
publish: true
describe: "What a customer in each tier and stage is worth: profit of all months to come, discounted, as customers migrate. ‖ 各等级与阶段的客户关系价值。"
*/
with final as (
    select
        state_kind, customer_kind, state,
        customer_month_count, month_profit_minor, relationship_value_minor,
        cast(:yearly_discount as double) as yearly_discount_ratio,
        cast(:group_currency as text) as currency_code
    from ops_relationship_values
)

select * from final
