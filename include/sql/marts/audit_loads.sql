/*
grain: one row per file and kind of record in it
kind: full
inputs: [raw_file_receipts]
unique: [source_file_sha256, entity]
publish: true
describe: "Every row of every file: loaded, quarantined, duplicate, summary or out of scope. ‖ 每个文件的行数核对。"
*/
with final as (
    select
        source_system, file_name, source_file_sha256, entity,
        read_count, loaded_count, quarantined_count, duplicate_count, summary_count,
        out_of_scope_count, released_count, dismissed_count
    from raw_file_receipts
)

select * from final
