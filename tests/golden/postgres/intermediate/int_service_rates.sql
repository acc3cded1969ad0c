-- include/sql/intermediate/int_service_rates.sql, as postgres reads it; python -m regulars docs
WITH contexts AS (
  SELECT DISTINCT
    store_id,
    channel,
    currency_code,
    business_date
  FROM int_orders
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), matched AS (
  SELECT
    store_id,
    channel,
    order_milli,
    cover_milli,
    line_milli,
    table_milli,
    minute_cost_micro,
    business_date
  FROM (
    SELECT
      contexts.store_id,
      contexts.channel,
      rates.order_milli,
      rates.cover_milli,
      rates.line_milli,
      rates.table_milli,
      rates.minute_cost_micro,
      contexts.business_date,
      ROW_NUMBER() OVER (
        PARTITION BY contexts.store_id, contexts.channel, contexts.business_date
        ORDER BY CASE WHEN rates.store_id IS NULL THEN 1 ELSE 0 END, rates.rate_id
      ) AS _w
    FROM contexts
    INNER JOIN ref_service_rates AS rates
      ON contexts.channel = rates.channel
      AND contexts.currency_code = rates.currency_code
      AND contexts.store_id = COALESCE(rates.store_id, contexts.store_id)
      AND contexts.business_date >= rates.valid_from
      AND contexts.business_date <= rates.valid_to
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM matched
