-- include/sql/intermediate/int_tender_rules.sql, as postgres reads it; python -m regulars docs
WITH contexts AS (
  SELECT DISTINCT
    stg_payments.tender,
    int_orders.store_id,
    int_orders.channel,
    int_orders.currency_code,
    int_orders.business_date
  FROM int_orders
  INNER JOIN stg_payments
    ON int_orders.store_id = stg_payments.store_id
    AND int_orders.order_id = stg_payments.order_id
  WHERE
    int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
), rules AS (
  SELECT
    tender,
    store_id,
    channel,
    business_date,
    basis,
    rate_bps,
    amount_minor
  FROM (
    SELECT
      contexts.tender,
      contexts.store_id,
      contexts.channel,
      contexts.business_date,
      stg_cost_rules.basis,
      COALESCE(stg_cost_rules.rate_bps, 0) AS rate_bps,
      COALESCE(stg_cost_rules.amount_minor, 0) AS amount_minor,
      ROW_NUMBER() OVER (
        PARTITION BY contexts.tender, contexts.store_id, contexts.channel, contexts.business_date, stg_cost_rules.basis
        ORDER BY stg_cost_rules.priority DESC NULLS LAST, stg_cost_rules.scope_count DESC NULLS LAST, stg_cost_rules.rule_id
      ) AS _w
    FROM contexts
    INNER JOIN stg_cost_rules
      ON stg_cost_rules.component = 'payment'
      AND contexts.tender = COALESCE(stg_cost_rules.tender, contexts.tender)
      AND contexts.store_id = COALESCE(stg_cost_rules.store_id, contexts.store_id)
      AND contexts.channel = COALESCE(stg_cost_rules.channel, contexts.channel)
      AND (
        stg_cost_rules.basis = 'rate'
        OR contexts.currency_code = stg_cost_rules.currency_code
      )
      AND contexts.business_date >= stg_cost_rules.valid_from
      AND contexts.business_date <= stg_cost_rules.valid_to
  ) AS _t
  WHERE
    _w = 1
), by_tender AS (
  SELECT
    tender,
    store_id,
    channel,
    CAST(SUM(rate_bps) AS BIGINT) AS rate_bps,
    CAST(SUM(amount_minor) AS BIGINT) AS amount_minor,
    business_date
  FROM rules
  GROUP BY
    tender,
    store_id,
    channel,
    business_date
)
SELECT
  *
FROM by_tender
