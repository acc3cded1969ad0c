-- include/sql/intermediate/int_audited_days.sql, as postgres reads it; python -m regulars docs
WITH planned AS (
  SELECT
    first_date,
    last_date
  FROM ops_build_plan
  WHERE
    business_date = :business_date
), final AS (
  SELECT DISTINCT
    built.business_date
  FROM ops_built_days AS built
  LEFT JOIN planned
    ON built.business_date >= planned.first_date
    AND built.business_date <= planned.last_date
  WHERE
    NOT planned.first_date IS NULL
    OR (
      CAST(:business_date AS DATE) - CAST(built.business_date AS DATE)
    ) % :audit_cycle_days = 0
)
SELECT
  *
FROM final
