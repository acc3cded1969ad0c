/*
grain: one row per file whose rows do not add up
kind: audit
severity: error
inputs: [audit_loads]
describe: read = loaded + quarantined + duplicate + summary + out of scope. ‖ 行数必须平衡。
*/
with failures as (
    select source_system, file_name, entity, read_count, loaded_count
    from audit_loads
    where read_count <> loaded_count + quarantined_count + duplicate_count
        + summary_count + out_of_scope_count
)

select * from failures
