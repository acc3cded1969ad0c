/*
grain: one row per order line
kind: days
inputs: [int_line_costs, int_order_costs]
unique: [order_key, line_no]
params: [first_date, last_date]
describe: Each line's share of what only the whole order has, to the cent. ‖ 整单收入与成本按品项分摊。
*/
with shared as (
    select
        int_line_costs.order_key, int_line_costs.line_no,
        int_line_costs.weight, int_line_costs.weight_before, int_line_costs.total_weight,
        int_order_costs.fee_income_minor,
        int_order_costs.packaging_cost_minor,
        int_order_costs.channel_cost_minor,
        int_order_costs.payment_fee_minor,
        int_order_costs.incentive_cost_minor,
        int_order_costs.service_cost_minor,
        int_order_costs.compensation_minor,
        int_line_costs.business_date
    from int_line_costs
    inner join int_order_costs on int_line_costs.order_key = int_order_costs.order_key
    where
        int_line_costs.business_date >= :first_date
        and int_line_costs.business_date <= :last_date
),

-- A step of a stair: the shares of all lines add up to the whole, whatever its sign.
final as (
    select
        order_key, line_no,
        sign(fee_income_minor) * (
            cast(abs(fee_income_minor) * (weight_before + weight) // total_weight as bigint)
            - cast(abs(fee_income_minor) * weight_before // total_weight as bigint)
        ) as fee_income_minor,
        sign(packaging_cost_minor) * (
            cast(abs(packaging_cost_minor) * (weight_before + weight) // total_weight as bigint)
            - cast(abs(packaging_cost_minor) * weight_before // total_weight as bigint)
        ) as packaging_cost_minor,
        sign(channel_cost_minor) * (
            cast(abs(channel_cost_minor) * (weight_before + weight) // total_weight as bigint)
            - cast(abs(channel_cost_minor) * weight_before // total_weight as bigint)
        ) as channel_cost_minor,
        sign(payment_fee_minor) * (
            cast(abs(payment_fee_minor) * (weight_before + weight) // total_weight as bigint)
            - cast(abs(payment_fee_minor) * weight_before // total_weight as bigint)
        ) as payment_fee_minor,
        sign(incentive_cost_minor) * (
            cast(abs(incentive_cost_minor) * (weight_before + weight) // total_weight as bigint)
            - cast(abs(incentive_cost_minor) * weight_before // total_weight as bigint)
        ) as incentive_cost_minor,
        sign(service_cost_minor) * (
            cast(abs(service_cost_minor) * (weight_before + weight) // total_weight as bigint)
            - cast(abs(service_cost_minor) * weight_before // total_weight as bigint)
        ) as service_cost_minor,
        sign(compensation_minor) * (
            cast(abs(compensation_minor) * (weight_before + weight) // total_weight as bigint)
            - cast(abs(compensation_minor) * weight_before // total_weight as bigint)
        ) as compensation_minor,
        business_date
    from shared
)

select * from final
