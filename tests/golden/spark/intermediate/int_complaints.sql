-- include/sql/intermediate/int_complaints.sql, as spark reads it; python -m regulars docs
WITH told AS (
  SELECT
    customer_key,
    business_date AS complained_on
  FROM stg_feedback
  WHERE
    feedback_kind = 'complaint' AND complaint_status = 'open'
  UNION ALL
  SELECT
    customer_key,
    business_date
  FROM stg_action_events
  WHERE
    event_kind = 'complained' AND COALESCE(complaint_status, 'open') = 'open'
), final AS (
  SELECT
    COALESCE(people.customer_key, told.customer_key) AS customer_key,
    told.complained_on
  FROM told
  LEFT JOIN ops_identity_map AS people
    ON told.customer_key = people.node_key
  WHERE
    NOT told.customer_key IS NULL
)
SELECT
  *
FROM final
