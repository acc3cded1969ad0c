/*
grain: one row per business customer who bought in the trailing year and snapshot date
kind: snapshot
inputs: [snap_store_customers, snap_customer_peers]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, group_currency]
describe: "What share of its main store's profit a business customer brings. ‖ 商业客户占其主要门店利润的比例。"
*/
with stores as (
    select
        store_id, snapshot_date,
        cast(sum(greatest(true_profit_minor, 0)) as double) as profit
    from snap_store_customers
    where
        currency_code = :group_currency
        and snapshot_date >= :first_date and snapshot_date <= :last_date
    group by store_id, snapshot_date
),

final as (
    select
        peers.customer_key,
        coalesce(greatest(own.true_profit_minor, 0) / nullif(stores.profit, 0), 0)
            as dependence_ratio,
        peers.snapshot_date
    from snap_customer_peers as peers
    inner join stores
        on peers.main_store_id = stores.store_id and peers.snapshot_date = stores.snapshot_date
    inner join snap_store_customers as own
        on peers.customer_key = own.customer_key
        and peers.main_store_id = own.store_id
        and peers.currency_code = own.currency_code
        and peers.snapshot_date = own.snapshot_date
    where
        peers.board_kind = 'business'
        and peers.currency_code = :group_currency
)

select * from final
