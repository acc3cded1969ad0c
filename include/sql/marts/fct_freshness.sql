/*
grain: one row per source, store and business date that was built
kind: full
inputs: [raw_orders, raw_file_receipts, raw_seen_files, ref_expected_days, ref_expected_stores, ops_built_days]
unique: [source_system, store_id, business_date]
publish: true
describe: "How fresh each source is for each store: last day with orders, and whether a file is overdue. ‖ 各来源数据新鲜度。"
*/
with sold as (
    select
        orders.source_system, orders.store_id, orders.business_date,
        min(files.file_name) as file_name
    from raw_orders as orders
    left join raw_file_receipts as files
        on orders.source_file_sha256 = files.source_file_sha256
        and orders.source_system = files.source_system
        and files.entity = 'orders'
    group by orders.source_system, orders.store_id, orders.business_date
),

pairs as (
    select source_system, store_id from sold
    union
    select source_system, store_id from ref_expected_stores
),

-- A day without any file is unknown, not zero: it is a gap, whoever's orders are missing on it.
gaps as (
    select expected.source_system, expected.business_date
    from ref_expected_days as expected
    where not exists (
        select 1 from raw_seen_files as seen
        where seen.source_system = expected.source_system
            and coalesce(seen.first_day, expected.business_date) <= expected.business_date
            and coalesce(seen.last_day, expected.business_date) >= expected.business_date
    )
),

marks as (
    select source_system, store_id, business_date, business_date as sold_on,
        cast(null as date) as gap_on, 0 as is_built
    from sold
    union all
    select pairs.source_system, pairs.store_id, gaps.business_date, null, gaps.business_date, 0
    from pairs
    inner join gaps on pairs.source_system = gaps.source_system
    union all
    select pairs.source_system, pairs.store_id, days.business_date, null, null, 1
    from pairs
    cross join ops_built_days as days
),

running as (
    select
        source_system, store_id, business_date, is_built,
        max(sold_on) over (
            partition by source_system, store_id order by business_date
        ) as last_business_date,
        max(gap_on) over (
            partition by source_system, store_id order by business_date
        ) as last_gap_on
    from marks
),

final as (
    select
        running.source_system, running.store_id, running.last_business_date,
        date_diff('day', running.last_business_date, running.business_date) as behind_day_count,
        expected.business_date is not null as is_expected,
        running.last_gap_on is not null
            and running.last_gap_on > coalesce(running.last_business_date, date '0001-01-01')
            as is_late,
        sold.file_name, running.business_date
    from running
    left join ref_expected_days as expected
        on running.source_system = expected.source_system
        and running.business_date = expected.business_date
    left join sold
        on running.source_system = sold.source_system
        and running.store_id = sold.store_id
        and running.last_business_date = sold.business_date
    where running.is_built = 1
)

select * from final
