/*
grain: one row per store and figure that is not routine on the date
kind: full
inputs: [fct_reconciliation, fct_concentration]
unique: [store_id, exception_code]
params: [business_date, group_currency, reconciliation_share, anonymous_jump, top_1_share, top_5_share]
describe: "Stores whose figures need a look: ledger, unknown guests, dependence on few. ‖ 数据需要关注的门店。"
*/
with today as (
    select * from fct_reconciliation where business_date = :business_date
),

usual as (
    select
        store_id,
        cast(sum(anonymous_order_count) as double) / nullif(sum(paid_order_count), 0)
            as anonymous_ratio
    from fct_reconciliation
    where
        business_date < :business_date
        and date_diff('day', business_date, cast(:business_date as date)) <= 28
    group by store_id
),

dependent as (
    select * from fct_concentration
    where
        scope = 'store' and snapshot_date = :business_date
        and currency_code = :group_currency
),

untied as (
    select
        'reconciliation' as exception_code, store_id,
        max(abs(cast(recon_delta_minor as double)) / nullif(abs(ledger_minor), 0))
            as measured_ratio,
        cast(:reconciliation_share as double) as limit_ratio,
        max(abs(recon_delta_minor)) as measured_minor, min(currency_code) as currency_code
    from today
    where abs(recon_delta_minor) > cast(:reconciliation_share as double) * abs(ledger_minor)
    group by store_id
),

unknown as (
    select
        'anonymous_jump' as exception_code, today.store_id,
        max(today.anonymous_order_ratio - usual.anonymous_ratio) as measured_ratio,
        cast(:anonymous_jump as double) as limit_ratio,
        cast(null as bigint) as measured_minor, min(today.currency_code) as currency_code
    from today
    inner join usual on today.store_id = usual.store_id
    where
        today.anonymous_order_ratio - usual.anonymous_ratio > cast(:anonymous_jump as double)
    group by today.store_id
),

gathered as (
    select * from untied
    union all
    select * from unknown
    union all
    select
        'top_customer', scope_id, top_1_ratio, cast(:top_1_share as double), top_1_minor,
        currency_code
    from dependent where top_1_ratio > cast(:top_1_share as double)
    union all
    select
        'top_customers', scope_id, top_5_ratio, cast(:top_5_share as double), top_5_minor,
        currency_code
    from dependent where top_5_ratio > cast(:top_5_share as double)
),

final as (
    select
        exception_code, store_id,
        cast(measured_ratio as double) as measured_ratio,
        limit_ratio, cast(measured_minor as bigint) as measured_minor, currency_code
    from gathered
)

select * from final
