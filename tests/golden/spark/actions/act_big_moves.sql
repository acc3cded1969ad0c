-- include/sql/actions/act_big_moves.sql, as spark reads it; python -m regulars docs
WITH judged AS (
  SELECT
    *
  FROM snap_customer_tiers
  WHERE
    snapshot_date = :business_date
), moves AS (
  SELECT
    customer_key,
    tier,
    tier_before,
    CASE tier WHEN 'platinum' THEN 4 WHEN 'gold' THEN 3 WHEN 'iron' THEN 2 ELSE 1 END - CASE tier_before WHEN 'platinum' THEN 4 WHEN 'gold' THEN 3 WHEN 'iron' THEN 2 ELSE 1 END AS step_count
  FROM fct_tier_moves
  WHERE
    business_date = :business_date
), shared AS (
  SELECT
    CAST((
      SELECT
        COUNT(*)
      FROM moves
    ) AS DOUBLE) / NULLIF(COUNT(*) FILTER(WHERE
      visit_count > 0), 0) AS moved_ratio
  FROM judged
), fallen AS (
  SELECT
    'big_demoted' AS exception_code,
    moves.customer_key,
    CAST(moves.step_count AS DOUBLE) AS measured_ratio,
    CAST(0 AS DOUBLE) AS limit_ratio
  FROM moves
  INNER JOIN judged
    ON moves.customer_key = judged.customer_key
  WHERE
    moves.step_count < 0
    AND (
      moves.tier_before = 'platinum' OR judged.customer_kind = 'business'
    )
), slowing AS (
  SELECT
    'big_slowing' AS exception_code,
    judged.customer_key,
    judged.overdue_ratio AS measured_ratio,
    CAST(:slowing_ratio AS DOUBLE) AS limit_ratio
  FROM act_choices
  INNER JOIN judged
    ON act_choices.customer_key = judged.customer_key
  WHERE
    judged.overdue_ratio >= :slowing_ratio
    AND (
      judged.tier = 'platinum' OR judged.customer_kind = 'business'
    )
), many AS (
  SELECT
    'tier_moves' AS exception_code,
    moves.customer_key,
    shared.moved_ratio AS measured_ratio,
    CAST(:tier_moves_share AS DOUBLE) AS limit_ratio
  FROM moves
  CROSS JOIN shared
  WHERE
    shared.moved_ratio > CAST(:tier_moves_share AS DOUBLE)
), final AS (
  SELECT
    *
  FROM fallen
  UNION ALL
  SELECT
    *
  FROM slowing
  UNION ALL
  SELECT
    *
  FROM many
)
SELECT
  *
FROM final
