/*
grain: one row per store, daypart and business date on which the store sold
kind: days
inputs: [fct_orders, int_service_rates, ref_service_capacity]
unique: [store_id, daypart, business_date]
params: [first_date, last_date]
publish: true
describe: Minutes served of the minutes there were; what was not used stays with the store. ‖ 门店各餐段产能利用率。
*/
with worked as (
    select
        store_id, daypart, business_date, min(currency_code) as currency_code,
        cast(count(*) as bigint) as order_count,
        cast(sum(service_minutes_milli) as bigint) as used_minutes_milli
    from fct_orders
    where is_paid and business_date >= :first_date and business_date <= :last_date
    group by store_id, daypart, business_date
),

opened as (
    select store_id, business_date, min(currency_code) as currency_code
    from worked
    group by store_id, business_date
),

manned as (
    select
        opened.store_id, capacity.daypart, opened.business_date, opened.currency_code,
        capacity.capacity_milli, capacity.busy_milli
    from opened
    inner join ref_service_capacity as capacity
        on opened.store_id = capacity.store_id
        and opened.business_date >= capacity.valid_from
        and opened.business_date <= capacity.valid_to
),

costs as (
    select store_id, business_date, max(minute_cost_micro) as minute_cost_micro
    from int_service_rates
    where business_date >= :first_date and business_date <= :last_date
    group by store_id, business_date
),

placed as (
    select
        coalesce(worked.store_id, manned.store_id) as store_id,
        coalesce(worked.daypart, manned.daypart) as daypart,
        coalesce(worked.business_date, manned.business_date) as business_date,
        coalesce(worked.currency_code, manned.currency_code) as currency_code,
        coalesce(worked.order_count, 0) as order_count,
        coalesce(worked.used_minutes_milli, 0) as used_minutes_milli,
        manned.capacity_milli as capacity_minutes_milli,
        manned.busy_milli
    from worked
    full outer join manned
        on worked.store_id = manned.store_id
        and worked.daypart = manned.daypart
        and worked.business_date = manned.business_date
),

final as (
    select
        placed.store_id, daypart, order_count, used_minutes_milli, capacity_minutes_milli,
        cast(cast(used_minutes_milli as double) / nullif(capacity_minutes_milli, 0) as double)
            as utilisation_ratio,
        coalesce(used_minutes_milli >= busy_milli, false) as is_busy,
        greatest(coalesce(capacity_minutes_milli, 0) - used_minutes_milli, 0)
            as unused_minutes_milli,
        cast((
            greatest(coalesce(capacity_minutes_milli, 0) - used_minutes_milli, 0)
            * coalesce(costs.minute_cost_micro, 0) + 500000000
        ) // 1000000000 as bigint) as unused_cost_minor,
        currency_code, placed.business_date
    from placed
    left join costs
        on placed.store_id = costs.store_id and placed.business_date = costs.business_date
)

select * from final
