/*
grain: one row per scope, step of the ladder, currency and snapshot date
kind: snapshot
inputs: [snap_waterfall_sums]
unique: [scope, scope_id, step_number, currency_code, snapshot_date]
params: [first_date, last_date]
publish: true
describe: "From gross to true profit, step by step: of the group, each store, kind and segment, and of unknown guests. ‖ 利润瀑布：从总额到真实利润。"
*/
with steps as (
    select 1 as step_number, 'gross' as step_code union all select 2, 'discount'
    union all select 3, 'comp' union all select 4, 'refund' union all select 5, 'fee_income'
    union all select 6, 'net_sales' union all select 7, 'food_cost'
    union all select 8, 'packaging_cost' union all select 9, 'cm1'
    union all select 10, 'channel_cost' union all select 11, 'payment_fee'
    union all select 12, 'incentive_cost' union all select 13, 'contact_cost'
    union all select 14, 'cm2' union all select 15, 'service_cost' union all select 16, 'cm3'
    union all select 17, 'complaint_cost' union all select 18, 'acquisition_cost'
    union all select 19, 'credit_cost' union all select 20, 'true_profit'
),

changes as (
    select
        sums.scope, sums.scope_id, sums.customer_count, sums.currency_code, sums.snapshot_date,
        steps.step_number,
        steps.step_code,
        steps.step_code in ('net_sales', 'cm1', 'cm2', 'cm3', 'true_profit') as is_subtotal,
        case steps.step_code
            when 'gross' then gross_minor
            when 'discount' then -discount_minor
            when 'comp' then -comp_minor
            when 'refund' then -refund_minor
            when 'fee_income' then fee_income_minor
            when 'food_cost' then -food_cost_minor
            when 'packaging_cost' then -packaging_cost_minor
            when 'channel_cost' then -channel_cost_minor
            when 'payment_fee' then -payment_fee_minor
            when 'incentive_cost' then -incentive_cost_minor
            when 'contact_cost' then -contact_cost_minor
            when 'service_cost' then -service_cost_minor
            when 'complaint_cost' then -complaint_cost_minor
            when 'acquisition_cost' then -acquisition_cost_minor
            when 'credit_cost' then -credit_cost_minor
            else 0
        end as step_minor
    from snap_waterfall_sums as sums
    cross join steps
    where sums.snapshot_date >= :first_date and sums.snapshot_date <= :last_date
),

final as (
    select
        scope,
        scope_id,
        cast(step_number as bigint) as step_number,
        step_code,
        is_subtotal,
        customer_count,
        currency_code,
        cast(step_minor as bigint) as step_minor,
        cast(sum(step_minor) over (
            partition by scope, scope_id, currency_code, snapshot_date order by step_number
            rows between unbounded preceding and current row
        ) as bigint) as level_minor,
        snapshot_date
    from changes
)

select * from final
