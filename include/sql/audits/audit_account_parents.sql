/*
grain: one row per account whose head office cannot be found
kind: audit
severity: warn
inputs: [int_account_roots]
describe: "Accounts whose parents end in a circle, or in an account nobody has described. ‖ 上级账户成环或未知。"
*/
with failures as (
    select account_id, parent_account_id, parent_fault
    from int_account_roots
    where parent_fault is not null
)

select * from failures
