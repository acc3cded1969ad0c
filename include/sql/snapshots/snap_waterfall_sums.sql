/*
grain: one row per scope, currency and snapshot date
kind: snapshot
inputs: [snap_store_customers, snap_customer_peers, snap_customer_tiers]
unique: [scope, scope_id, currency_code, snapshot_date]
params: [first_date, last_date]
describe: "The components of the ladder, added up by group, store, kind and segment; unknown guests apart. ‖ 各范围的利润构成合计。"
*/
with customers as (
    select
        sold.*,
        peers.board_kind,
        tiers.segment
    from snap_store_customers as sold
    left join snap_customer_peers as peers
        on sold.customer_key = peers.customer_key
        and sold.currency_code = peers.currency_code
        and sold.snapshot_date = peers.snapshot_date
    left join snap_customer_tiers as tiers
        on sold.customer_key = tiers.customer_key
        and sold.currency_code = tiers.currency_code
        and sold.snapshot_date = tiers.snapshot_date
    where sold.snapshot_date >= :first_date and sold.snapshot_date <= :last_date
),

scopes as (
    select 'group' as scope union all select 'store' union all select 'kind'
    union all select 'segment' union all select 'anonymous'
),

placed as (
    select
        scopes.scope,
        case scopes.scope
            when 'store' then store_id when 'kind' then board_kind when 'segment' then segment
            when 'anonymous' then store_id else 'all'
        end as scope_id,
        customers.*
    from customers
    inner join scopes on (customers.customer_key = '') = (scopes.scope = 'anonymous')
),

final as (
    select
        scope, scope_id, currency_code,
        cast(count(distinct customer_key) as bigint) as customer_count,
        cast(sum(gross_minor) as bigint) as gross_minor,
        cast(sum(discount_minor) as bigint) as discount_minor,
        cast(sum(comp_minor) as bigint) as comp_minor,
        cast(sum(refund_minor) as bigint) as refund_minor,
        cast(sum(fee_income_minor) as bigint) as fee_income_minor,
        cast(sum(food_cost_minor) as bigint) as food_cost_minor,
        cast(sum(packaging_cost_minor) as bigint) as packaging_cost_minor,
        cast(sum(channel_cost_minor) as bigint) as channel_cost_minor,
        cast(sum(payment_fee_minor) as bigint) as payment_fee_minor,
        cast(sum(incentive_cost_minor) as bigint) as incentive_cost_minor,
        cast(sum(contact_cost_minor) as bigint) as contact_cost_minor,
        cast(sum(service_cost_minor) as bigint) as service_cost_minor,
        cast(sum(complaint_cost_minor) as bigint) as complaint_cost_minor,
        cast(sum(acquisition_cost_minor) as bigint) as acquisition_cost_minor,
        cast(sum(credit_cost_minor) as bigint) as credit_cost_minor,
        snapshot_date
    from placed
    where scope_id is not null
    group by scope, scope_id, currency_code, snapshot_date
)

select * from final
