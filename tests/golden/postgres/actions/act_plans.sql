-- include/sql/actions/act_plans.sql, as postgres reads it; python -m regulars docs
WITH chosen AS (
  SELECT
    bids.customer_key,
    bids.list_name,
    bids.is_held_out,
    bids.is_by_hand,
    COALESCE(bids.paid_rung, bids.free_rung) AS wanted_rung,
    CASE
      WHEN NOT fundings.customer_key IS NULL
      THEN bids.paid_rung
      ELSE bids.free_rung
    END AS action_rung
  FROM act_bids AS bids
  LEFT JOIN act_fundings AS fundings
    ON bids.customer_key = fundings.customer_key
), runners_up AS (
  SELECT
    customer_key,
    action_rung,
    added_profit_minor
  FROM (
    SELECT
      options.customer_key,
      options.action_rung,
      options.added_profit_minor,
      ROW_NUMBER() OVER (
        PARTITION BY options.customer_key
        ORDER BY options.added_profit_minor DESC NULLS LAST, options.action_rung, options.customer_key
      ) AS _w
    FROM act_options AS options
    INNER JOIN chosen
      ON options.customer_key = chosen.customer_key
    WHERE
      options.action_rung <> chosen.action_rung
  ) AS _t
  WHERE
    _w = 1
), final AS (
  SELECT
    chosen.customer_key,
    chosen.list_name,
    chosen.wanted_rung,
    chosen.action_rung,
    options.is_money,
    options.verdict,
    options.cost_minor,
    options.contact_cost_minor,
    options.p0_ppm,
    options.p1_ppm,
    options.visit_cm2_minor,
    options.order_cm3_minor,
    options.offer_ceiling_minor,
    options.allowed_minor,
    options.added_profit_minor,
    runners_up.action_rung AS runner_up_rung,
    runners_up.added_profit_minor AS runner_up_added_profit_minor,
    chosen.is_by_hand,
    CASE
      WHEN chosen.list_name <> 'deprioritise'
      AND options.added_profit_minor <= 0
      AND NOT chosen.is_by_hand
      THEN 'no_gain'
      WHEN chosen.is_held_out
      THEN 'holdout'
      WHEN candidates.is_shadow
      THEN 'shadow'
    END AS guardrail
  FROM chosen
  INNER JOIN act_options AS options
    ON chosen.customer_key = options.customer_key
    AND chosen.action_rung = options.action_rung
  INNER JOIN act_candidates AS candidates
    ON chosen.customer_key = candidates.customer_key
  LEFT JOIN runners_up
    ON chosen.customer_key = runners_up.customer_key
)
SELECT
  *
FROM final
