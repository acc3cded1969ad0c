-- include/sql/audits/audit_expired_rules.sql, as postgres reads it; python -m regulars docs
WITH sales AS (
  SELECT
    store_id,
    channel,
    platform,
    business_date,
    COUNT(*) AS order_count
  FROM fct_orders
  WHERE
    is_paid
  GROUP BY
    store_id,
    channel,
    platform,
    business_date
), after_the_end AS (
  SELECT
    rules.rule_id,
    rules.component,
    rules.basis,
    rules.valid_to,
    sales.*,
    rules.tender,
    rules.category
  FROM stg_cost_rules AS rules
  INNER JOIN sales
    ON sales.business_date > rules.valid_to
    AND sales.store_id = COALESCE(rules.store_id, sales.store_id)
    AND sales.channel = COALESCE(rules.channel, sales.channel)
    AND sales.platform = COALESCE(rules.platform, sales.platform)
), failures AS (
  SELECT
    expired.rule_id,
    expired.component,
    expired.valid_to,
    CAST(SUM(expired.order_count) AS BIGINT) AS order_count
  FROM after_the_end AS expired
  LEFT JOIN stg_cost_rules AS heirs
    ON expired.component = heirs.component
    AND expired.basis = heirs.basis
    AND expired.business_date >= heirs.valid_from
    AND expired.business_date <= heirs.valid_to
    AND expired.store_id = COALESCE(heirs.store_id, expired.store_id)
    AND expired.channel = COALESCE(heirs.channel, expired.channel)
    AND expired.platform = COALESCE(heirs.platform, expired.platform)
    AND COALESCE(heirs.tender, expired.tender, '') = COALESCE(expired.tender, '')
    AND COALESCE(heirs.category, expired.category, '') = COALESCE(expired.category, '')
  WHERE
    heirs.rule_id IS NULL
  GROUP BY
    expired.rule_id,
    expired.component,
    expired.valid_to
)
SELECT
  *
FROM failures
