-- include/sql/actions/act_prices.sql, as spark reads it; python -m regulars docs
WITH judged AS (
  SELECT
    candidates.*,
    visits.visit_cm2_minor,
    visits.order_cm3_minor,
    COALESCE(screens.probation_offer_minor, 0) AS probation_offer_minor,
    CAST(FLOOR(scores.return_ratio * 1000000) + 1 AS BIGINT) AS own_return_ppm,
    candidates.contact_channel = 'account_owner' AS is_called,
    candidates.tier IN ('gold', 'platinum') AS is_big,
    COALESCE(candidates.overdue_ratio, 0) AS lateness,
    CASE
      WHEN candidates.contact_channel IN ('sms', 'wechat', 'email', 'push', 'phone')
      THEN :contact_cost
      ELSE 0
    END AS contact_cost_minor
  FROM act_candidates AS candidates
  INNER JOIN act_visits AS visits
    ON candidates.customer_key = visits.customer_key
  LEFT JOIN snap_customer_scores AS scores
    ON candidates.customer_key = scores.customer_key
    AND candidates.snapshot_date = scores.snapshot_date
  LEFT JOIN snap_newcomer_screens AS screens
    ON candidates.customer_key = screens.customer_key
    AND candidates.snapshot_date = screens.snapshot_date
  WHERE
    candidates.guardrail IS NULL
), priced AS (
  SELECT
    judged.*,
    rates.action_rung,
    rates.is_money,
    rates.verdict,
    COALESCE(rates.cost_minor, judged.hand_offer_minor) AS cost_minor,
    LEAST(COALESCE(own_return_ppm, rates.return_ppm), 1000000) AS p0_ppm,
    LEAST(COALESCE(own_return_ppm, rates.return_ppm) + rates.lift_ppm, 1000000) AS p1_ppm
  FROM judged
  INNER JOIN act_response_rates AS rates
    ON judged.list_name = rates.list_name
), suited AS (
  SELECT
    *
  FROM priced
  WHERE
    CASE action_rung
      WHEN 'call'
      THEN is_called
      WHEN 'note'
      THEN NOT is_called
      WHEN 'perk'
      THEN NOT is_called
      AND (
        (
          list_name = 'reward' AND (
            tier = 'platinum' OR stage = 'strengthen'
          )
        )
        OR (
          list_name = 'incentivise' AND is_big
        )
      )
      WHEN 'hand'
      THEN NOT is_called AND NOT hand_offer_minor IS NULL
      WHEN 'small'
      THEN NOT is_called
      AND p0_ppm < :sure_return_ppm
      AND (
        segment IN ('prospect', 'lapsed')
        OR (
          list_name = 'incentivise'
          AND lateness >= :small_ratio
          AND (
            NOT is_big OR lateness >= :rich_ratio
          )
        )
      )
      WHEN 'rich'
      THEN NOT is_called
      AND p0_ppm < :sure_return_ppm
      AND list_name = 'incentivise'
      AND lateness >= :rich_ratio
      AND NOT is_big
    END
), final AS (
  SELECT
    customer_key,
    list_name,
    segment,
    action_rung,
    is_money,
    verdict,
    cost_minor,
    contact_cost_minor,
    visit_cm2_minor,
    order_cm3_minor,
    probation_offer_minor,
    tier_profit_minor,
    month_spent_minor,
    hand_offer_minor,
    is_held_out,
    store_id,
    p0_ppm,
    p1_ppm
  FROM suited
)
SELECT
  *
FROM final
