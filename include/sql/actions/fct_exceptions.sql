/*
grain: one row per thing that is not routine, and business date
kind: view
inputs: [act_exceptions, ops_exception_decisions]
unique: [exception_key]
publish: true
describe: "What is not routine, and what a named person said to it; time-out withholds. ‖ 例外及其审批：逾期则扣留。"
*/
-- The last word on this evidence counts; of two at the same moment, the more careful one.
with last_word as (
    select exception_key, evidence_hash, decision, decided_by, decided_at, why
    from ops_exception_decisions
    qualify row_number() over (
        partition by exception_key, evidence_hash
        order by decided_at desc, decision desc, decided_by, why, exception_key
    ) = 1
),

final as (
    select
        found.exception_key, found.exception_code, found.subject_kind,
        found.customer_key, found.list_name, found.store_id, found.withholds,
        found.measured_ratio, found.limit_ratio, found.measured_minor, found.limit_minor,
        found.evidence_hash, found.currency_code,
        coalesce(last_word.decision, 'open') as exception_status,
        last_word.decided_by, last_word.decided_at, last_word.why,
        found.policy_version, found.business_date
    from act_exceptions as found
    left join last_word
        on found.exception_key = last_word.exception_key
        and found.evidence_hash = last_word.evidence_hash
)

select * from final
