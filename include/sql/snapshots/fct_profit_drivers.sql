/*
grain: one row per customer, driver, currency and snapshot date; only drivers that matter
kind: snapshot
inputs: [snap_customer_costs]
unique: [customer_key, driver_code, currency_code, snapshot_date]
params: [first_date, last_date, min_peers, min_driver_bps]
publish: true
describe: "Why a customer earns more or less than his peers (same store and kind) on the same sales, in money. ‖ 客户盈亏原因（与同店同类客户相比）。"
*/
with costs as (
    select * from snap_customer_costs
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

pools as (
    select
        peer_store_id, board_kind, driver_code, currency_code, snapshot_date,
        cast(count(*) as bigint) as peer_count,
        cast(sum(order_count) as double) as orders,
        cast(sum(gross_minor) as double) as gross,
        cast(sum(cost_minor) as double) as cost
    from costs
    group by peer_store_id, board_kind, driver_code, currency_code, snapshot_date
),

-- What costs by the order costs a small ticket more of its worth: that part is not the service's.
compared as (
    select
        costs.*,
        pools.peer_count,
        cast(floor(pools.cost / nullif(pools.gross, 0) * 10000) as bigint) as peer_rate_bps,
        cast(floor(case costs.driver_code
            when 'small_ticket' then costs.order_count * pools.cost / nullif(pools.orders, 0)
            else costs.cost_minor
        end) as bigint) as own_minor,
        cast(floor(case
            when costs.driver_code in ('long_service', 'packaging')
                then costs.order_count * pools.cost / nullif(pools.orders, 0)
            else costs.gross_minor * pools.cost / nullif(pools.gross, 0)
        end) as bigint) as peer_minor
    from costs
    inner join pools
        on costs.peer_store_id = pools.peer_store_id
        and costs.board_kind = pools.board_kind
        and costs.driver_code = pools.driver_code
        and costs.currency_code = pools.currency_code
        and costs.snapshot_date = pools.snapshot_date
    where pools.peer_count >= :min_peers
),

final as (
    select
        customer_key, board_kind, main_store_id, driver_code,
        cast(row_number() over (
            partition by customer_key, currency_code, snapshot_date
            order by own_minor - peer_minor desc, driver_code, customer_key
        ) as bigint) as driver_rank,
        own_minor - peer_minor > 0 as is_drag,
        own_minor, peer_minor,
        own_minor - peer_minor as excess_minor,
        cast(floor(cast(own_minor as double) * 10000 / nullif(gross_minor, 0)) as bigint)
            as own_rate_bps,
        peer_rate_bps, peer_count, order_count, gross_minor, true_profit_minor, currency_code,
        snapshot_date
    from compared
    where abs(own_minor - peer_minor) * 10000 >= gross_minor * :min_driver_bps
)

select * from final
