-- include/sql/actions/act_bids.sql, as postgres reads it; python -m regulars docs
WITH free AS (
  SELECT
    customer_key,
    action_rung,
    added_profit_minor
  FROM (
    SELECT
      customer_key,
      action_rung,
      added_profit_minor,
      ROW_NUMBER() OVER (
        PARTITION BY customer_key
        ORDER BY added_profit_minor DESC NULLS LAST, action_rung, customer_key
      ) AS _w
    FROM act_options
    WHERE
      cost_minor = 0
  ) AS _t
  WHERE
    _w = 1
), paid AS (
  SELECT
    customer_key,
    action_rung,
    cost_minor,
    added_profit_minor,
    verdict
  FROM (
    SELECT
      customer_key,
      action_rung,
      cost_minor,
      added_profit_minor,
      verdict,
      ROW_NUMBER() OVER (
        PARTITION BY customer_key
        ORDER BY CASE action_rung WHEN 'hand' THEN 0 ELSE 1 END, added_profit_minor DESC NULLS LAST, action_rung, customer_key
      ) AS _w
    FROM act_options
    WHERE
      cost_minor > 0
  ) AS _t
  WHERE
    _w = 1
), everybody AS (
  SELECT DISTINCT
    customer_key,
    list_name,
    store_id,
    is_held_out
  FROM act_options
), compared AS (
  SELECT
    everybody.*,
    free.action_rung AS free_rung,
    COALESCE(free.added_profit_minor, 0) AS free_added_minor,
    paid.action_rung AS paid_rung,
    paid.cost_minor,
    paid.added_profit_minor - COALESCE(free.added_profit_minor, 0) AS gain_minor,
    paid.verdict <> 'measured' AS is_test,
    COALESCE(paid.action_rung = 'hand', FALSE) AS is_by_hand
  FROM everybody
  LEFT JOIN free
    ON everybody.customer_key = free.customer_key
  LEFT JOIN paid
    ON everybody.customer_key = paid.customer_key
), final AS (
  SELECT
    customer_key,
    list_name,
    store_id,
    is_held_out,
    free_rung,
    free_added_minor,
    CASE WHEN is_by_hand OR gain_minor > 0 THEN paid_rung END AS paid_rung,
    COALESCE(cost_minor, 0) AS cost_minor,
    COALESCE(gain_minor, 0) AS gain_minor,
    COALESCE(is_test, FALSE) AS is_test,
    is_by_hand
  FROM compared
)
SELECT
  *
FROM final
