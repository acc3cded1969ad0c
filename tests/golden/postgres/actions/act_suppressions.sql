-- include/sql/actions/act_suppressions.sql, as postgres reads it; python -m regulars docs
WITH stopped AS (
  SELECT
    list_name,
    guardrail,
    snapshot_date
  FROM act_candidates
  WHERE
    NOT guardrail IS NULL
  UNION ALL
  SELECT
    candidates.list_name,
    plans.guardrail,
    candidates.snapshot_date
  FROM act_plans AS plans
  INNER JOIN act_candidates AS candidates
    ON plans.customer_key = candidates.customer_key
  WHERE
    NOT plans.guardrail IS NULL
  UNION ALL
  SELECT
    list_name,
    'expired_offer',
    snapshot_date
  FROM act_candidates
  WHERE
    is_offer_expired
), final AS (
  SELECT
    list_name,
    guardrail,
    CAST(COUNT(*) AS BIGINT) AS suppressed_count,
    snapshot_date AS business_date
  FROM stopped
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
  GROUP BY
    list_name,
    guardrail,
    snapshot_date
)
SELECT
  *
FROM final
