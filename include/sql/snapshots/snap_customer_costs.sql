/*
grain: one row per customer, kind of cost, currency and snapshot date
kind: snapshot
inputs: [fct_customer_profits, snap_customer_peers]
unique: [customer_key, driver_code, currency_code, snapshot_date]
params: [first_date, last_date, min_peers]
describe: "A customer's costs by kind beside what drives them: money spent, or orders. ‖ 客户的各类成本及其动因。"
*/
with pooled as (
    select
        profits.*,
        peers.main_store_id,
        peers.board_kind,
        count(*) over (
            partition by
                peers.main_store_id, peers.board_kind,
                profits.currency_code, profits.snapshot_date
        ) as peer_count
    from fct_customer_profits as profits
    inner join snap_customer_peers as peers
        on profits.customer_key = peers.customer_key
        and profits.currency_code = peers.currency_code
        and profits.snapshot_date = peers.snapshot_date
    where
        profits.gross_minor > 0
        and profits.snapshot_date >= :first_date and profits.snapshot_date <= :last_date
),

-- A store with too few of a kind has them compared with those of the other small stores.
drivers as (
    select 'deep_discounts' as driver_code union all select 'food_cost'
    union all select 'commission' union all select 'payment_fees'
    union all select 'complaints' union all select 'small_ticket'
    union all select 'long_service' union all select 'packaging'
    union all select 'winning_cost' union all select 'late_payment'
),

final as (
    select
        pooled.customer_key, pooled.main_store_id, pooled.board_kind,
        case when peer_count >= :min_peers then main_store_id else '' end as peer_store_id,
        drivers.driver_code,
        pooled.order_count,
        pooled.gross_minor,
        pooled.true_profit_minor,
        cast(case drivers.driver_code
            when 'deep_discounts' then discount_minor + comp_minor + incentive_cost_minor
            when 'food_cost' then food_cost_minor
            when 'commission' then channel_cost_minor
            when 'payment_fees' then payment_fee_minor
            when 'complaints' then refund_minor + complaint_cost_minor
            when 'small_ticket' then service_cost_minor + packaging_cost_minor
            when 'long_service' then service_cost_minor
            when 'packaging' then packaging_cost_minor
            when 'winning_cost' then acquisition_cost_minor + contact_cost_minor
            else credit_cost_minor
        end as bigint) as cost_minor,
        pooled.currency_code, pooled.snapshot_date
    from pooled
    cross join drivers
)

select * from final
