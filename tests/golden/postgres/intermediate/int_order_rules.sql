-- include/sql/intermediate/int_order_rules.sql, as postgres reads it; python -m regulars docs
WITH contexts AS (
  SELECT DISTINCT
    store_id,
    channel,
    platform,
    currency_code,
    business_date
  FROM int_orders
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), matched AS (
  SELECT
    store_id,
    channel,
    platform,
    component,
    basis,
    rule_id,
    rate_bps,
    amount_minor,
    business_date
  FROM (
    SELECT
      contexts.store_id,
      contexts.channel,
      contexts.platform,
      stg_cost_rules.component,
      stg_cost_rules.basis,
      stg_cost_rules.rule_id,
      COALESCE(stg_cost_rules.rate_bps, 0) AS rate_bps,
      COALESCE(stg_cost_rules.amount_minor, 0) AS amount_minor,
      contexts.business_date,
      ROW_NUMBER() OVER (
        PARTITION BY contexts.store_id, contexts.channel, contexts.platform, contexts.business_date, stg_cost_rules.component, stg_cost_rules.basis
        ORDER BY stg_cost_rules.priority DESC NULLS LAST, stg_cost_rules.scope_count DESC NULLS LAST, stg_cost_rules.rule_id
      ) AS _w
    FROM contexts
    INNER JOIN stg_cost_rules
      ON stg_cost_rules.component IN ('packaging', 'commission')
      AND contexts.store_id = COALESCE(stg_cost_rules.store_id, contexts.store_id)
      AND contexts.channel = COALESCE(stg_cost_rules.channel, contexts.channel)
      AND contexts.platform = COALESCE(stg_cost_rules.platform, contexts.platform)
      AND (
        stg_cost_rules.basis = 'rate'
        OR contexts.currency_code = stg_cost_rules.currency_code
      )
      AND contexts.business_date >= stg_cost_rules.valid_from
      AND contexts.business_date <= stg_cost_rules.valid_to
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM matched
