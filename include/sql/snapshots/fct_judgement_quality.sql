/*
grain: one row per snapshot date
kind: snapshot
inputs: [snap_customer_tiers, snap_tier_stability, snap_false_kills, fct_reconciliation]
unique: [snapshot_date]
params: [first_date, last_date, curve_days, tier_days, group_currency, max_move_share]
publish: true
describe: "How good the judgement is: flips, false kills, who is not yet known well enough. ‖ 判断质量指标。"
*/
with judged as (
    select
        snapshot_date,
        cast(count(*) as bigint) as customer_count,
        cast(count(*) filter (where segment = 'unproven') as bigint) as unproven_count,
        cast(coalesce(sum(curve_profit_minor) filter (where segment = 'unproven'), 0) as bigint)
            as unproven_profit_minor,
        cast(count(*) filter (where segment = 'loss_maker') as bigint) as loss_maker_count,
        cast(count(*) filter (where is_borderline) as bigint) as borderline_count,
        cast(count(*) filter (where downgrade_notice_on is not null) as bigint) as notice_count
    from snap_customer_tiers
    where snapshot_date >= :first_date and snapshot_date <= :last_date
    group by snapshot_date
),

trade as (
    select
        judged.snapshot_date,
        sum(paid_order_count) as paid, sum(anonymous_order_count) as anonymous,
        sum(identified_minor + unidentified_minor) as sales, sum(unidentified_minor) as unknown
    from judged
    inner join fct_reconciliation as ledger
        on ledger.business_date <= judged.snapshot_date
        and date_diff('day', ledger.business_date, judged.snapshot_date) < :tier_days
    where ledger.currency_code = :group_currency
    group by judged.snapshot_date
),

final as (
    select
        customer_count, unproven_count, unproven_profit_minor, loss_maker_count,
        borderline_count, notice_count,
        cast(cast(unproven_count as double) / nullif(customer_count, 0) as double)
            as unproven_ratio,
        cast(cast(loss_maker_count as double) / nullif(customer_count, 0) as double)
            as loss_maker_ratio,
        cast(cast(borderline_count as double) / nullif(customer_count, 0) as double)
            as borderline_ratio,
        cast(cast(notice_count as double) / nullif(customer_count, 0) as double)
            as notice_ratio,
        cast(cast(anonymous as double) / nullif(paid, 0) as double) as anonymous_order_ratio,
        cast(case when sales > 0 then cast(unknown as double) / nullif(sales, 0) end as double)
            as anonymous_net_sales_ratio,
        tier_move_count,
        cast(cast(tier_move_count as double) / nullif(customer_count, 0) as double)
            as tier_move_ratio,
        tier_move_count > :max_move_share * customer_count as is_move_alarm,
        year_move_count, flip_count,
        cast(cast(flip_count as double) * :curve_days / nullif(watched_days, 0) as double)
            as flips_per_year,
        once_listed_count, false_kill_count,
        cast(cast(false_kill_count as double) / nullif(once_listed_count, 0) as double)
            as false_kill_ratio,
        cast(:group_currency as text) as currency_code, judged.snapshot_date
    from judged
    inner join snap_tier_stability on judged.snapshot_date = snap_tier_stability.snapshot_date
    inner join snap_false_kills on judged.snapshot_date = snap_false_kills.snapshot_date
    left join trade on judged.snapshot_date = trade.snapshot_date
)

select * from final
