-- include/sql/audits/audit_offer_ceiling.sql, as postgres reads it; python -m regulars docs
WITH priced AS (
  SELECT
    customer_key,
    cost_minor,
    order_cm3_minor,
    visit_cm2_minor * (
      1 - CAST(return_without_ratio AS DOUBLE PRECISION) / NULLIF(return_with_ratio, 0)
    ) - CAST(contact_cost_minor AS DOUBLE PRECISION) / NULLIF(return_with_ratio, 0) AS ceiling
  FROM fct_actions
  WHERE
    business_date = :business_date AND cost_minor > 0 AND NOT is_withheld
), failures AS (
  SELECT
    *
  FROM priced
  WHERE
    COALESCE(ceiling, 0) * CAST(:max_ceiling_share AS DOUBLE PRECISION) + CAST(0.001 AS DOUBLE PRECISION) < cost_minor
    OR cost_minor > order_cm3_minor
)
SELECT
  *
FROM failures
