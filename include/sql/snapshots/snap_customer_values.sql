/*
grain: one row per customer with a visit and snapshot date
kind: snapshot
inputs: [snap_customer_features, snap_customer_sums, snap_customer_beliefs, snap_value_cuts]
unique: [customer_key, snapshot_date]
params: [first_date, last_date, min_credibility, min_active_months, max_largest_share, specials_share, specials_visits]
describe: The customer's own figures, trusted as far as the evidence goes. ‖ 按可信度收缩后的客户价值。
*/
with measured as (
    select
        features.*,
        split_part(features.last_visit_store, '|', 2) as last_store_id,
        beliefs.customer_kind, beliefs.brand, beliefs.main_store_id, beliefs.circle,
        beliefs.credibility_ratio, beliefs.expected_gap_days, beliefs.overdue_ratio,
        beliefs.regularity_ratio, beliefs.visit_profit, beliefs.half_interval,
        coalesce(cuts.cut_minor, 0) as cut_minor,
        coalesce(sums.curve_order_count, 0) as curve_order_count,
        coalesce(sums.curve_discounted_order_count, 0) as curve_discounted_order_count,
        cast(coalesce(sums.curve_net_sales_minor, 0) as double) as curve_net_sales,
        greatest(cast(coalesce(sums.tier_visit_profit_minor, 0) as double), 0) as visit_profit_sum,
        cast(coalesce(sums.tier_visit_profit_square, 0) as double) as visit_profit_square,
        greatest(coalesce(sums.tier_largest_order_minor, 0), 0) as largest_order_minor
    from snap_customer_features as features
    inner join snap_customer_beliefs as beliefs
        on features.customer_key = beliefs.customer_key
        and features.snapshot_date = beliefs.snapshot_date
    left join snap_value_cuts as cuts
        on beliefs.customer_kind = cuts.customer_kind
        and beliefs.snapshot_date = cuts.snapshot_date
    left join snap_customer_sums as sums
        on features.customer_key = sums.customer_key
        and features.snapshot_date = sums.snapshot_date
    where features.snapshot_date >= :first_date and features.snapshot_date <= :last_date
),

valued as (
    select
        *,
        cast(floor(visit_profit * tier_visit_count) as bigint) as value_minor,
        cast(floor((visit_profit - half_interval) * tier_visit_count) as bigint)
            as value_low_minor,
        cast(floor((visit_profit + half_interval) * tier_visit_count) as bigint)
            as value_high_minor,
        cast(floor(visit_profit - half_interval) as bigint) as visit_profit_low_minor,
        cast(floor(visit_profit + half_interval) as bigint) as visit_profit_high_minor,
        coalesce(visit_profit_sum * visit_profit_sum / nullif(visit_profit_square, 0), 0)
            as effective_order_count,
        -- Where the window brought nothing, one order is all there is to it.
        case when tier_profit_minor > 0 then least(
            largest_order_minor / nullif(cast(tier_profit_minor as double), 0), 1
        ) else 1 end as largest_order_ratio,
        coalesce(cast(curve_discounted_order_count as double) / nullif(curve_order_count, 0), 0)
            as discounted_order_ratio,
        coalesce(curve_profit_minor / nullif(curve_net_sales, 0), 0) as margin_ratio
    from measured
),

-- Who pays his way at the margin in idle hours is no loss.
judged as (
    select
        *,
        case
            when circle = 'none' then 'cohort_unknown'
            when credibility_ratio < :min_credibility then 'few_visits'
            when active_month_count < :min_active_months then 'few_months'
            when largest_order_ratio > :max_largest_share then 'one_order'
            when value_low_minor <= cut_minor then 'below_cut'
        end as doubt_code,
        circle <> 'none' and visit_profit_high_minor < 0 and (
            curve_cm2_minor < 0
            or (curve_cm3_minor < 0 and busy_order_count * 2 >= order_count)
        ) as is_loss_making,
        curve_order_count >= :specials_visits
        and discounted_order_ratio >= :specials_share as is_specials_only
    from valued
),

final as (
    select *, doubt_code is null as is_big_proven from judged
)

select * from final
