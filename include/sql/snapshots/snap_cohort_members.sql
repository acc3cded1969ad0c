/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_features, int_customer_kinds, snap_customer_peers, ref_stores]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency]
describe: "Which cohort a customer belongs to: his kind, and the brand of the store where he buys most. ‖ 客户所属群体（类型与主要门店品牌）。"
*/
with homes as (
    select customer_key, main_store_id, snapshot_date
    from snap_customer_peers
    where
        currency_code = :group_currency
        and snapshot_date >= :first_date and snapshot_date <= :last_date
),

housed as (
    select
        features.customer_key,
        kinds.customer_kind,
        coalesce(homes.main_store_id, split_part(features.last_visit_store, '|', 2))
            as main_store_id,
        features.snapshot_date
    from snap_customer_features as features
    inner join int_customer_kinds as kinds
        on features.customer_key = kinds.customer_key
        and features.snapshot_date = kinds.snapshot_date
    left join homes
        on features.customer_key = homes.customer_key
        and features.snapshot_date = homes.snapshot_date
    where features.snapshot_date >= :first_date and features.snapshot_date <= :last_date
),

final as (
    select
        housed.customer_key,
        housed.customer_kind,
        housed.main_store_id,
        coalesce(ref_stores.brand, '') as brand,
        housed.snapshot_date
    from housed
    left join ref_stores on housed.main_store_id = ref_stores.store_id
)

select * from final
