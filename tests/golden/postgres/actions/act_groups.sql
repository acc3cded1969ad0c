-- include/sql/actions/act_groups.sql, as postgres reads it; python -m regulars docs
WITH judged AS (
  SELECT
    tiers.customer_key,
    tiers.store_id,
    COALESCE(known.language, '') AS language,
    COALESCE(visits.main_channel, '') AS main_channel,
    CASE WHEN COALESCE(tiers.age_days, 0) <= :tenure_days THEN 'new' ELSE 'old' END AS tenure,
    tiers.list_name,
    candidates.guardrail IS NULL AND NOT candidates.customer_key IS NULL AS is_reachable,
    NOT plans.customer_key IS NULL
    AND (
      plans.guardrail IS NULL OR plans.guardrail IN ('holdout', 'shadow')
    ) AS is_acted,
    COALESCE(plans.cost_minor, 0) AS benefit_minor
  FROM snap_customer_tiers AS tiers
  LEFT JOIN int_customers AS known
    ON tiers.customer_key = known.customer_key
  LEFT JOIN act_visits AS visits
    ON tiers.customer_key = visits.customer_key
  LEFT JOIN act_candidates AS candidates
    ON tiers.customer_key = candidates.customer_key
  LEFT JOIN act_plans AS plans
    ON tiers.customer_key = plans.customer_key
  WHERE
    tiers.snapshot_date = :business_date
    AND tiers.segment <> 'not_profiled'
    AND NOT tiers.is_staff
    AND tiers.visit_count > 0
), dimensions AS (
  SELECT
    'store' AS dimension
  UNION ALL
  SELECT
    'channel'
  UNION ALL
  SELECT
    'language'
  UNION ALL
  SELECT
    'tenure'
), final AS (
  SELECT
    judged.customer_key,
    dimensions.dimension,
    CASE dimensions.dimension
      WHEN 'store'
      THEN store_id
      WHEN 'channel'
      THEN main_channel
      WHEN 'language'
      THEN language
      ELSE tenure
    END AS group_id,
    list_name,
    is_reachable,
    is_acted,
    benefit_minor
  FROM judged
  CROSS JOIN dimensions
)
SELECT
  *
FROM final
