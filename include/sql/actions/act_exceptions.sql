/*
grain: one row per thing that is not routine, and business date
kind: days
inputs: [act_list_exceptions, act_unfair_lists, act_store_exceptions, act_offer_exceptions, act_big_moves,
    act_fraud_flags]
unique: [exception_key]
params: [first_date, last_date, business_date, group_currency, policy_version]
describe: "What was found that is not routine. ‖ 发现的例外。"
*/
with gathered as (
    select
        exception_code, 'list' as subject_kind, '' as customer_key, list_name, '' as store_id,
        'list' as withholds, measured_ratio, limit_ratio,
        cast(null as bigint) as measured_minor, cast(null as bigint) as limit_minor,
        cast(null as text) as currency_code
    from act_list_exceptions
    union all
    select
        exception_code, 'list', '', list_name, '', 'list', measured_ratio, limit_ratio,
        cast(null as bigint), cast(null as bigint), null
    from act_unfair_lists
    union all
    select
        exception_code, 'store', '', '', store_id,
        case when exception_code = 'reconciliation' then 'store' else 'nothing' end,
        measured_ratio, limit_ratio, measured_minor, cast(null as bigint), currency_code
    from act_store_exceptions
    union all
    select
        exception_code, case when customer_key <> '' then 'customer' else 'list' end,
        customer_key, list_name, store_id,
        case when customer_key <> '' then 'customer' else 'promises' end,
        cast(measured_minor as double) / nullif(limit_minor, 0), cast(1 as double),
        measured_minor, limit_minor, currency_code
    from act_offer_exceptions
    union all
    select
        exception_code, 'customer', customer_key, '', '', 'customer',
        measured_ratio, limit_ratio, cast(null as bigint), cast(null as bigint), null
    from act_big_moves
    where exception_code <> 'tier_moves'
    union all
    select
        exception_code, 'run', '', '', '', 'movers',
        max(measured_ratio), max(limit_ratio), cast(null as bigint), cast(null as bigint), null
    from act_big_moves
    where exception_code = 'tier_moves'
    group by exception_code
    union all
    select
        exception_code, 'customer', customer_key, '', '', 'customer',
        measured_ratio, limit_ratio, cast(null as bigint), cast(null as bigint), null
    from act_fraud_flags
),

final as (
    select
        substring(sha256(
            cast(:business_date as text) || '|' || exception_code || '|' || subject_kind || '|'
            || customer_key || '|' || list_name || '|' || store_id
        ), 1, 32) as exception_key,
        exception_code, subject_kind, customer_key, list_name, store_id, withholds,
        measured_ratio, limit_ratio, measured_minor, limit_minor,
        substring(sha256(
            coalesce(cast(cast(floor(measured_ratio * 1000000) as bigint) as text), '') || '|'
            || coalesce(cast(cast(floor(limit_ratio * 1000000) as bigint) as text), '') || '|'
            || coalesce(cast(measured_minor as text), '') || '|'
            || coalesce(cast(limit_minor as text), '')
        ), 1, 32) as evidence_hash,
        coalesce(currency_code, :group_currency) as currency_code,
        cast(:policy_version as text) as policy_version,
        cast(:business_date as date) as business_date
    from gathered
    where :business_date >= :first_date and :business_date <= :last_date
)

select * from final
