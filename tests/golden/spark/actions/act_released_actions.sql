-- include/sql/actions/act_released_actions.sql, as spark reads it; python -m regulars docs
WITH waiting AS (
  SELECT DISTINCT
    held.customer_key,
    held.business_date
  FROM act_withholdings AS held
  LEFT JOIN fct_exceptions AS exceptions
    ON held.exception_key = exceptions.exception_key
    AND held.evidence_hash = exceptions.evidence_hash
    AND exceptions.exception_status = 'approved'
  WHERE
    exceptions.exception_key IS NULL
  UNION
  SELECT
    customer_key,
    business_date
  FROM ops_late_contacts
), final AS (
  SELECT
    actions.customer_key,
    actions.business_date
  FROM fct_actions AS actions
  LEFT JOIN waiting
    ON actions.customer_key = waiting.customer_key
    AND actions.business_date = waiting.business_date
  WHERE
    waiting.customer_key IS NULL
)
SELECT
  *
FROM final
