-- include/sql/intermediate/int_feedbacks.sql, as spark reads it; python -m regulars docs
WITH spoken AS (
  SELECT
    told.store_id,
    told.feedback_id,
    told.feedback_kind,
    told.business_date,
    COALESCE(told.customer_key, stg_orders.customer_key) AS node_key,
    CASE
      WHEN told.feedback_kind = 'complaint'
      THEN NULL
      WHEN told.scale > 0
      THEN told.scale
      WHEN told.feedback_kind = 'nps'
      THEN 10
      ELSE 5
    END AS scale,
    told.score_milli
  FROM stg_feedback AS told
  LEFT JOIN stg_orders
    ON told.store_id || ':' || told.order_id = stg_orders.order_key
), final AS (
  SELECT
    spoken.store_id,
    spoken.feedback_id,
    COALESCE(people.customer_key, spoken.node_key) AS customer_key,
    spoken.feedback_kind = 'complaint' AS is_complaint,
    CASE
      WHEN NOT spoken.score_milli IS NULL
      THEN CAST(LEAST(GREATEST(spoken.score_milli, 0), spoken.scale * 1000) * 5 DIV NULLIF(spoken.scale, 0) AS BIGINT)
    END AS satisfaction_milli,
    spoken.business_date
  FROM spoken
  LEFT JOIN ops_identity_map AS people
    ON spoken.node_key = people.node_key
  WHERE
    NOT spoken.node_key IS NULL
)
SELECT
  *
FROM final
