/*
grain: one row per board, customer, currency and snapshot date
kind: snapshot
inputs: [snap_store_customers, snap_customer_peers, fct_customer_profits]
unique: [scope, scope_id, customer_key, currency_code, snapshot_date]
params: [first_date, last_date]
describe: "Who is on which board, with profit and costs: the group, each store, each kind of customer. ‖ 各看板的客户。"
*/
with profits as (
    select
        customer_key, currency_code,
        true_profit_minor,
        food_cost_minor, packaging_cost_minor, channel_cost_minor, payment_fee_minor,
        incentive_cost_minor, contact_cost_minor, service_cost_minor, complaint_cost_minor,
        acquisition_cost_minor, credit_cost_minor,
        snapshot_date
    from fct_customer_profits
    where snapshot_date >= :first_date and snapshot_date <= :last_date
),

of_group as (
    select 'group' as scope, 'all' as scope_id, profits.* from profits
),

of_kind as (
    select 'kind' as scope, peers.board_kind as scope_id, profits.*
    from profits
    inner join snap_customer_peers as peers
        on profits.customer_key = peers.customer_key
        and profits.currency_code = peers.currency_code
        and profits.snapshot_date = peers.snapshot_date
),

of_store as (
    select
        'store' as scope, store_id as scope_id, customer_key, currency_code,
        true_profit_minor,
        food_cost_minor, packaging_cost_minor, channel_cost_minor, payment_fee_minor,
        incentive_cost_minor, contact_cost_minor, service_cost_minor, complaint_cost_minor,
        acquisition_cost_minor, credit_cost_minor,
        snapshot_date
    from snap_store_customers
    where
        customer_key <> '' and snapshot_date >= :first_date and snapshot_date <= :last_date
),

boards as (
    select * from of_group
    union all
    select * from of_kind
    union all
    select * from of_store
)

select * from boards
