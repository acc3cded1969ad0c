-- include/sql/actions/act_choices.sql, as postgres reads it; python -m regulars docs
WITH cleared AS (
  SELECT
    candidates.*,
    plans.action_rung,
    plans.is_money,
    plans.verdict,
    plans.cost_minor,
    plans.p0_ppm,
    plans.p1_ppm,
    plans.visit_cm2_minor,
    plans.order_cm3_minor,
    plans.contact_cost_minor,
    plans.offer_ceiling_minor,
    plans.allowed_minor,
    plans.added_profit_minor,
    plans.runner_up_rung,
    plans.runner_up_added_profit_minor,
    plans.is_by_hand,
    CASE
      WHEN candidates.list_name <> 'activate'
      THEN candidates.list_name
      WHEN segment IN ('prospect', 'lapsed')
      THEN segment
      ELSE 'activate'
    END AS code_scope
  FROM act_candidates AS candidates
  INNER JOIN act_plans AS plans
    ON candidates.customer_key = plans.customer_key
  WHERE
    plans.guardrail IS NULL
), codes AS (
  SELECT
    code_scope,
    action_rung,
    action_code
  FROM ref_action_codes
), coded AS (
  SELECT
    cleared.*,
    codes.action_code,
    seconds.action_code AS runner_up_action_code,
    ROW_NUMBER() OVER (
      PARTITION BY list_name
      ORDER BY added_profit_minor DESC NULLS LAST, cleared.customer_key
    ) AS priority
  FROM cleared
  INNER JOIN codes
    ON cleared.code_scope = codes.code_scope AND cleared.action_rung = codes.action_rung
  LEFT JOIN codes AS seconds
    ON cleared.code_scope = seconds.code_scope
    AND cleared.runner_up_rung = seconds.action_rung
), final AS (
  SELECT
    customer_key,
    customer_kind,
    list_name,
    segment,
    tier,
    stage,
    action_code,
    action_rung,
    contact_channel,
    store_id,
    CAST(CASE WHEN is_money THEN cost_minor ELSE 0 END AS BIGINT) AS offer_minor,
    cost_minor,
    contact_cost_minor,
    p0_ppm,
    p1_ppm,
    visit_cm2_minor,
    order_cm3_minor,
    offer_ceiling_minor,
    allowed_minor,
    added_profit_minor,
    verdict,
    is_by_hand,
    runner_up_action_code,
    runner_up_added_profit_minor,
    currency_code,
    CAST(priority AS BIGINT) AS priority,
    CAST(stake_minor AS BIGINT) AS stake_minor,
    visit_count,
    silent_days,
    CAST(FLOOR(expected_gap_days + CAST(0.5 AS DOUBLE PRECISION)) AS BIGINT) AS usual_gap_days,
    tier_profit_minor,
    potential_minor,
    discounted_order_count,
    order_count,
    is_specials_only,
    CASE
      WHEN list_name = 'deprioritise'
      THEN COALESCE(lever_since_on, snapshot_date)
      ELSE snapshot_date
    END AS starts_on,
    CASE
      WHEN list_name = 'deprioritise'
      THEN COALESCE(lever_until_on, CAST(:review_on AS DATE))
      ELSE CAST(:expires_on AS DATE)
    END AS expires_on,
    CAST(:policy_version AS TEXT) AS policy_version,
    snapshot_date AS business_date
  FROM coded
)
SELECT
  *
FROM final
