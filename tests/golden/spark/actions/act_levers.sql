-- include/sql/actions/act_levers.sql, as spark reads it; python -m regulars docs
WITH judged AS (
  SELECT
    candidates.*,
    visits.discount_minor,
    visits.channel_cost_minor,
    visits.service_cost_minor,
    visits.busy_order_count,
    visits.order_count AS year_orders,
    visits.main_channel
  FROM act_candidates AS candidates
  INNER JOIN act_visits AS visits
    ON candidates.customer_key = visits.customer_key
  WHERE
    candidates.guardrail IS NULL AND candidates.list_name = 'deprioritise'
), levers AS (
  SELECT
    customer_key,
    list_name,
    store_id,
    is_held_out,
    'pause_promotions' AS action_rung,
    discount_minor AS saving_minor
  FROM judged
  WHERE
    is_specials_only OR discount_minor = 0
  UNION ALL
  SELECT
    customer_key,
    list_name,
    store_id,
    is_held_out,
    'minimum_spend',
    discount_minor
  FROM judged
  WHERE
    NOT is_specials_only AND discount_minor > 0
  UNION ALL
  SELECT
    customer_key,
    list_name,
    store_id,
    is_held_out,
    'own_channel',
    channel_cost_minor
  FROM judged
  WHERE
    main_channel = 'platform'
  UNION ALL
  SELECT
    customer_key,
    list_name,
    store_id,
    is_held_out,
    'quiet_hours',
    CAST(service_cost_minor * busy_order_count DIV GREATEST(year_orders, 1) AS BIGINT)
  FROM judged
  WHERE
    busy_order_count > 0
), final AS (
  SELECT
    customer_key,
    list_name,
    store_id,
    is_held_out,
    action_rung,
    CAST(GREATEST(saving_minor, 0) * :lever_bps DIV 10000 * :horizon_days DIV :curve_days AS BIGINT) AS added_profit_minor
  FROM levers
)
SELECT
  *
FROM final
