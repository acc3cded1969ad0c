/*
grain: one row per customer whose history has a gap or an overlap
kind: audit
severity: error
inputs: [dim_customers_history]
describe: A customer's history has no gap and no overlap, and one current row. ‖ 历史区间连续且不重叠。
*/
with compared as (
    select
        customer_key, valid_from_on, valid_to_on, is_current,
        lead(valid_from_on) over (partition by customer_key order by valid_from_on) as next_on
    from dim_customers_history
),

failures as (
    select customer_key, valid_from_on, valid_to_on
    from compared
    where
        valid_to_on < valid_from_on
        or (next_on is null) <> is_current
        or (next_on is not null and date_diff('day', valid_to_on, next_on) <> 1)
)

select * from failures
