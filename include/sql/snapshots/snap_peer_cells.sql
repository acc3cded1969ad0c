/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_values, snap_customer_sums]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, small_party, large_party, young_days, old_days]
describe: "Whom a customer is like: his store, when he comes, with how many, and since when. ‖ 客户的同类：门店、餐段、人数与客龄。"
*/
with habits as (
    select
        valued.customer_key, valued.customer_kind, valued.main_store_id,
        valued.tier_visit_count, valued.tier_profit_minor, valued.age_days,
        coalesce(sums.curve_lunch_order_count, 0) as lunch_count,
        coalesce(sums.curve_dinner_order_count, 0) as dinner_count,
        coalesce(sums.curve_late_order_count, 0) as late_count,
        coalesce(sums.curve_order_count, 0) as order_count,
        cast(coalesce(sums.curve_covers, 0) as double) / nullif(sums.curve_party_count, 0)
            as party_size,
        valued.snapshot_date
    from snap_customer_values as valued
    left join snap_customer_sums as sums
        on valued.customer_key = sums.customer_key
        and valued.snapshot_date = sums.snapshot_date
    where valued.snapshot_date >= :first_date and valued.snapshot_date <= :last_date
),

-- The part of the day that holds most orders, the earlier of two that hold as many.
final as (
    select
        customer_key, customer_kind, main_store_id, tier_profit_minor,
        tier_visit_count > 0 as is_peer,
        case
            when lunch_count > 0 and lunch_count >= dinner_count and lunch_count >= late_count
                and lunch_count * 2 >= order_count then 'lunch'
            when dinner_count > 0 and dinner_count >= late_count
                and dinner_count * 2 >= order_count then 'dinner'
            when late_count > 0 and late_count * 2 >= order_count then 'late'
            else 'mixed'
        end as daypart,
        case
            when party_size is null then 'unknown'
            when party_size <= :small_party then 'small'
            when party_size <= :large_party then 'middle'
            else 'large'
        end as party_band,
        case
            when age_days <= :young_days then 'young'
            when age_days <= :old_days then 'grown'
            else 'old'
        end as age_band,
        snapshot_date
    from habits
)

select * from final
