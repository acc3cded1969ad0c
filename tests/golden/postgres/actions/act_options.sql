-- include/sql/actions/act_options.sql, as postgres reads it; python -m regulars docs
WITH capped AS (
  SELECT
    *,
    CAST(CAST(DIV(
      GREATEST(visit_cm2_minor * (
        p1_ppm - p0_ppm
      ) - contact_cost_minor * 1000000, 0),
      GREATEST(p1_ppm, 1)
    ) AS BIGINT) AS BIGINT) AS offer_ceiling_minor,
    GREATEST(
      CASE
        WHEN segment = 'prospect'
        THEN probation_offer_minor
        ELSE CAST(CAST(DIV(GREATEST(tier_profit_minor, 0) * :profit_bps, 10000) AS BIGINT) AS BIGINT)
      END - month_spent_minor,
      0
    ) AS profit_cap_minor
  FROM act_prices
), limited AS (
  SELECT
    *,
    LEAST(
      CAST(CAST(DIV(offer_ceiling_minor * :ceiling_bps, 10000) AS BIGINT) AS BIGINT),
      profit_cap_minor,
      GREATEST(order_cm3_minor, 0)
    ) AS allowed_minor,
    CAST(FLOOR(
      CAST(p1_ppm * (
        visit_cm2_minor - cost_minor
      ) - p0_ppm * visit_cm2_minor AS DOUBLE PRECISION) / 1000000
    ) AS BIGINT) - contact_cost_minor AS added_profit_minor
  FROM capped
), affordable AS (
  SELECT
    *
  FROM limited
  WHERE
    action_rung = 'hand'
    OR (
      cost_minor = 0 AND NOT is_money
    )
    OR (
      cost_minor > 0 AND cost_minor <= allowed_minor AND hand_offer_minor IS NULL
    )
), final AS (
  SELECT
    customer_key,
    list_name,
    store_id,
    action_rung,
    is_money,
    verdict,
    is_held_out,
    cost_minor,
    contact_cost_minor,
    p0_ppm,
    p1_ppm,
    visit_cm2_minor,
    order_cm3_minor,
    offer_ceiling_minor,
    allowed_minor,
    added_profit_minor
  FROM affordable
  UNION ALL
  SELECT
    customer_key,
    list_name,
    store_id,
    action_rung,
    FALSE,
    'not_enough',
    is_held_out,
    CAST(0 AS BIGINT),
    CAST(0 AS BIGINT),
    NULL,
    NULL,
    NULL,
    NULL,
    CAST(0 AS BIGINT),
    CAST(0 AS BIGINT),
    added_profit_minor
  FROM act_levers
)
SELECT
  *
FROM final
