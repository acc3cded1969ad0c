-- include/sql/actions/act_trials.sql, as spark reads it; python -m regulars docs
WITH remembered AS (
  SELECT
    COALESCE(people.customer_key, memory.customer_key) AS customer_key,
    list_name,
    action_rung,
    is_held_out,
    business_date
  FROM ops_action_memory AS memory
  LEFT JOIN ops_identity_map AS people
    ON memory.customer_key = people.node_key
  WHERE
    DATEDIFF(DAY, business_date, CAST(:business_date AS DATE)) >= :horizon_days
    AND NOT action_rung IS NULL
), enrolled AS (
  SELECT
    customer_key,
    list_name,
    action_rung,
    is_held_out,
    business_date
  FROM (
    SELECT
      customer_key,
      list_name,
      action_rung,
      is_held_out,
      business_date,
      ROW_NUMBER() OVER (
        PARTITION BY customer_key, list_name, action_rung
        ORDER BY business_date NULLS LAST, CASE WHEN is_held_out THEN 0 ELSE 1 END NULLS LAST, customer_key NULLS LAST
      ) AS _w
    FROM remembered
  ) AS _t
  WHERE
    _w = 1
), returned AS (
  SELECT DISTINCT
    enrolled.customer_key,
    enrolled.list_name,
    enrolled.action_rung
  FROM enrolled
  INNER JOIN fct_customer_days AS days
    ON enrolled.customer_key = days.customer_key
  WHERE
    days.visit_count > 0
    AND DATEDIFF(DAY, enrolled.business_date, days.business_date) >= 1
    AND DATEDIFF(DAY, enrolled.business_date, days.business_date) <= :horizon_days
), final AS (
  SELECT
    enrolled.list_name,
    enrolled.action_rung,
    CAST(COUNT(*) FILTER(WHERE
      NOT is_held_out) AS BIGINT) AS treated_count,
    CAST(COUNT(returned.customer_key) FILTER(WHERE
      NOT is_held_out) AS BIGINT) AS treated_return_count,
    CAST(COUNT(*) FILTER(WHERE
      is_held_out) AS BIGINT) AS control_count,
    CAST(COUNT(returned.customer_key) FILTER(WHERE
      is_held_out) AS BIGINT) AS control_return_count
  FROM enrolled
  LEFT JOIN returned
    ON enrolled.customer_key = returned.customer_key
    AND enrolled.list_name = returned.list_name
    AND enrolled.action_rung = returned.action_rung
  GROUP BY
    enrolled.list_name,
    enrolled.action_rung
)
SELECT
  *
FROM final
