/*
grain: one row per customer, measure (profit and spend of a visit, gap between visits) and snapshot date
kind: snapshot
inputs: [fct_customer_days, snap_cohort_members, snap_visit_bounds, snap_customer_sums]
unique: [customer_key, measure_code, snapshot_date]
params: [first_date, last_date, group_currency, curve_days]
describe: "How often a customer was observed in the trailing year, with the sum and the squares, outliers drawn in. ‖ 客户近一年观测的次数、总和与平方和。"
*/
with visits as (
    select
        members.customer_key, members.customer_kind, members.brand, members.snapshot_date,
        least(greatest(days.true_profit_minor, low_profit_minor), high_profit_minor)
            as profit_minor,
        least(greatest(days.net_sales_minor, low_spend_minor), high_spend_minor) as spend_minor
    from snap_cohort_members as members
    inner join fct_customer_days as days
        on members.customer_key = days.customer_key
        and days.business_date <= members.snapshot_date
        and date_diff('day', days.business_date, members.snapshot_date) < :curve_days
    inner join snap_visit_bounds as bounds
        on members.customer_kind = bounds.customer_kind
        and members.brand = bounds.brand
        and members.snapshot_date = bounds.snapshot_date
    where
        days.visit_count > 0 and days.currency_code = :group_currency
        and members.snapshot_date >= :first_date and members.snapshot_date <= :last_date
),

spent as (
    select
        customer_key, customer_kind, brand, snapshot_date,
        count(*) as n,
        sum(profit_minor) as profit_sum, sum(profit_minor * profit_minor) as profit_square,
        sum(spend_minor) as spend_sum, sum(spend_minor * spend_minor) as spend_square
    from visits
    group by customer_key, customer_kind, brand, snapshot_date
),

-- Gaps in thousandths of a day, so that whole numbers lose nothing.
gathered as (
    select
        customer_key, customer_kind, brand, 'profit' as measure_code, n,
        profit_sum as total, profit_square as square, snapshot_date
    from spent
    union all
    select customer_key, customer_kind, brand, 'spend', n, spend_sum, spend_square, snapshot_date
    from spent
    union all
    select
        members.customer_key, members.customer_kind, members.brand, 'gap', sums.gap_count,
        sums.gap_days * 1000, sums.gap_days_square * 1000000, members.snapshot_date
    from snap_cohort_members as members
    inner join snap_customer_sums as sums
        on members.customer_key = sums.customer_key
        and members.snapshot_date = sums.snapshot_date
    where
        sums.gap_count > 0
        and members.snapshot_date >= :first_date and members.snapshot_date <= :last_date
),

final as (
    select
        customer_key, customer_kind, brand, measure_code,
        cast(n as bigint) as n, cast(total as bigint) as total, cast(square as bigint) as square,
        cast(floor(cast(total as double) * total / nullif(n, 0)) as bigint) as mean_square,
        snapshot_date
    from gathered
)

select * from final
