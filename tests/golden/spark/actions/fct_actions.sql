-- include/sql/actions/fct_actions.sql, as spark reads it; python -m regulars docs
WITH withheld AS (
  SELECT
    customer_key,
    MIN(exception_key) AS exception_key
  FROM act_withholdings
  WHERE
    business_date >= :first_date AND business_date <= :last_date
  GROUP BY
    customer_key
), final AS (
  SELECT
    chosen.customer_key,
    list_name,
    segment,
    tier,
    action_code,
    contact_channel,
    store_id,
    offer_minor,
    cost_minor,
    contact_cost_minor,
    currency_code,
    priority,
    stake_minor,
    visit_cm2_minor,
    order_cm3_minor,
    CAST(CAST(p0_ppm AS DOUBLE) / 1000000 AS DOUBLE) AS return_without_ratio,
    CAST(CAST(p1_ppm AS DOUBLE) / 1000000 AS DOUBLE) AS return_with_ratio,
    offer_ceiling_minor,
    added_profit_minor,
    runner_up_action_code,
    runner_up_added_profit_minor,
    verdict = 'measured' AS is_uplift_measured,
    is_by_hand,
    CASE
      WHEN list_name = 'deprioritise'
      THEN 'below_cost'
      WHEN visit_count = 0
      THEN 'no_visit_yet'
      WHEN list_name = 'reward'
      THEN 'on_rhythm'
      WHEN segment IN ('wavering', 'lapsed')
      THEN 'off_rhythm'
      ELSE 'getting_to_know'
    END AS reason_1_code,
    CASE
      WHEN list_name = 'reward'
      THEN 'brings_profit'
      WHEN list_name = 'incentivise'
      THEN 'profit_at_stake'
      WHEN list_name = 'activate' AND potential_minor > 0
      THEN 'has_potential'
    END AS reason_2_code,
    CASE
      WHEN offer_minor > 0
      THEN 'offer_pays'
      WHEN is_specials_only
      THEN 'specials_only'
      WHEN tier <> 'lead'
      THEN 'tier_held'
    END AS reason_3_code,
    visit_count,
    silent_days,
    usual_gap_days,
    tier_profit_minor,
    potential_minor,
    discounted_order_count,
    order_count,
    NOT withheld.exception_key IS NULL AS is_withheld,
    withheld.exception_key,
    starts_on,
    expires_on,
    policy_version,
    business_date
  FROM act_choices AS chosen
  LEFT JOIN withheld
    ON chosen.customer_key = withheld.customer_key
  WHERE
    business_date >= :first_date AND business_date <= :last_date
)
SELECT
  *
FROM final
