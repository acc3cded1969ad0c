-- include/sql/intermediate/int_acquisition_charges.sql, as spark reads it; python -m regulars docs
WITH bought AS (
  SELECT
    COALESCE(ops_identity_map.customer_key, stg_orders.customer_key) AS customer_key,
    stg_orders.store_id,
    stg_orders.order_key,
    stg_orders.business_date
  FROM stg_orders
  LEFT JOIN ops_identity_map
    ON stg_orders.customer_key = ops_identity_map.node_key
  WHERE
    stg_orders.status = 'paid' AND NOT stg_orders.customer_key IS NULL
), first_bought AS (
  SELECT
    customer_key,
    store_id,
    won_on
  FROM (
    SELECT
      customer_key,
      store_id,
      business_date AS won_on,
      ROW_NUMBER() OVER (PARTITION BY customer_key ORDER BY business_date NULLS LAST, order_key NULLS LAST) AS _w
    FROM bought
  ) AS _t
  WHERE
    _w = 1
), told AS (
  SELECT
    customer_key,
    acquisition_source AS source_id,
    1 AS rank_no
  FROM stg_customers
  WHERE
    NOT acquisition_source IS NULL
  UNION ALL
  SELECT
    customer_key,
    lead_source,
    2
  FROM stg_leads
  WHERE
    NOT lead_source IS NULL
), sourced AS (
  SELECT
    customer_key,
    source_id
  FROM (
    SELECT
      COALESCE(ops_identity_map.customer_key, told.customer_key) AS customer_key,
      told.source_id,
      ROW_NUMBER() OVER (
        PARTITION BY COALESCE(
          COALESCE(ops_identity_map.customer_key, told.customer_key),
          COALESCE(ops_identity_map.customer_key, told.customer_key)
        )
        ORDER BY told.rank_no NULLS LAST, told.source_id NULLS LAST
      ) AS _w
    FROM told
    LEFT JOIN ops_identity_map
      ON told.customer_key = ops_identity_map.node_key
  ) AS _t
  WHERE
    _w = 1
), final AS (
  SELECT
    first_bought.customer_key,
    first_bought.store_id,
    rates.currency_code,
    CAST(rates.unit_cost_micro DIV 1000000 * LEAST(steps.offset_days + 30, rates.spread_days) DIV rates.spread_days - rates.unit_cost_micro DIV 1000000 * steps.offset_days DIV rates.spread_days AS BIGINT) AS amount_minor,
    first_bought.won_on + steps.offset_days AS business_date
  FROM first_bought
  INNER JOIN sourced
    ON first_bought.customer_key = sourced.customer_key
  INNER JOIN ref_charge_rates AS rates
    ON rates.charge_kind = 'acquisition'
    AND sourced.source_id = rates.code
    AND first_bought.won_on >= rates.valid_from
    AND first_bought.won_on <= rates.valid_to
  INNER JOIN int_installments AS steps
    ON steps.offset_days < rates.spread_days
)
SELECT
  *
FROM final
