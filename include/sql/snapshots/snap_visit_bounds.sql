/*
grain: one row per kind of customer, brand and snapshot date
kind: snapshot
inputs: [fct_customer_days, snap_cohort_members]
unique: [customer_kind, brand, snapshot_date]
params: [first_date, last_date, group_currency, curve_days, outlier_bps]
describe: "Beyond what a visit is an outlier that says nothing of its cohort: one huge order. ‖ 群体内单次到店的异常值界限。"
*/
with visits as (
    select
        members.customer_kind, members.brand, members.snapshot_date,
        days.customer_key, days.business_date,
        days.true_profit_minor, days.net_sales_minor
    from snap_cohort_members as members
    inner join fct_customer_days as days
        on members.customer_key = days.customer_key
        and days.business_date <= members.snapshot_date
        and date_diff('day', days.business_date, members.snapshot_date) < :curve_days
    where
        days.visit_count > 0 and days.currency_code = :group_currency
        and members.snapshot_date >= :first_date and members.snapshot_date <= :last_date
),

ranked as (
    select
        customer_kind, brand, snapshot_date, true_profit_minor, net_sales_minor,
        row_number() over (
            partition by customer_kind, brand, snapshot_date
            order by true_profit_minor, customer_key, business_date
        ) as profit_rank,
        row_number() over (
            partition by customer_kind, brand, snapshot_date
            order by net_sales_minor, customer_key, business_date
        ) as spend_rank,
        count(*) over (partition by customer_kind, brand, snapshot_date) as n
    from visits
),

trimmed as (
    select *, n * :outlier_bps // 10000 as cut_count from ranked
),

-- A winsorised mean and variance (Tukey 1962): the outermost visits count as the next ones in.
final as (
    select
        customer_kind, brand,
        cast(min(true_profit_minor) filter (where profit_rank > cut_count) as bigint)
            as low_profit_minor,
        cast(max(true_profit_minor) filter (where profit_rank <= n - cut_count) as bigint)
            as high_profit_minor,
        cast(min(net_sales_minor) filter (where spend_rank > cut_count) as bigint)
            as low_spend_minor,
        cast(max(net_sales_minor) filter (where spend_rank <= n - cut_count) as bigint)
            as high_spend_minor,
        snapshot_date
    from trimmed
    group by customer_kind, brand, snapshot_date
)

select * from final
