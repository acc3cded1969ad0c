-- include/sql/actions/fct_exceptions.sql, as spark reads it; python -m regulars docs
WITH last_word AS (
  SELECT
    exception_key,
    evidence_hash,
    decision,
    decided_by,
    decided_at,
    why
  FROM (
    SELECT
      exception_key,
      evidence_hash,
      decision,
      decided_by,
      decided_at,
      why,
      ROW_NUMBER() OVER (
        PARTITION BY exception_key, evidence_hash
        ORDER BY decided_at DESC, decision DESC, decided_by NULLS LAST, why NULLS LAST, exception_key NULLS LAST
      ) AS _w
    FROM ops_exception_decisions
  ) AS _t
  WHERE
    _w = 1
), final AS (
  SELECT
    found.exception_key,
    found.exception_code,
    found.subject_kind,
    found.customer_key,
    found.list_name,
    found.store_id,
    found.withholds,
    found.measured_ratio,
    found.limit_ratio,
    found.measured_minor,
    found.limit_minor,
    found.evidence_hash,
    found.currency_code,
    COALESCE(last_word.decision, 'open') AS exception_status,
    last_word.decided_by,
    last_word.decided_at,
    last_word.why,
    found.policy_version,
    found.business_date
  FROM act_exceptions AS found
  LEFT JOIN last_word
    ON found.exception_key = last_word.exception_key
    AND found.evidence_hash = last_word.evidence_hash
)
SELECT
  *
FROM final
