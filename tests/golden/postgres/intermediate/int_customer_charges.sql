-- include/sql/intermediate/int_customer_charges.sql, as postgres reads it; python -m regulars docs
WITH contacts AS (
  SELECT
    COALESCE(ops_identity_map.customer_key, ops_contacts_made.customer_key) AS customer_key,
    ops_contacts_made.store_id,
    rates.currency_code,
    CAST(CAST(DIV(rates.unit_cost_micro, 1000000) AS BIGINT) AS BIGINT) AS amount_minor,
    ops_contacts_made.business_date
  FROM ops_contacts_made
  INNER JOIN ref_charge_rates AS rates
    ON rates.charge_kind = 'contact'
    AND ops_contacts_made.contact_channel = rates.code
    AND ops_contacts_made.business_date >= rates.valid_from
    AND ops_contacts_made.business_date <= rates.valid_to
  LEFT JOIN ops_identity_map
    ON ops_contacts_made.customer_key = ops_identity_map.node_key
), gifts AS (
  SELECT
    COALESCE(ops_identity_map.customer_key, events.customer_key) AS customer_key,
    events.store_id,
    rates.currency_code,
    CAST(SIGN(events.points_milli) AS BIGINT) * CAST(CAST(DIV((
      ABS(events.points_milli) * rates.unit_cost_micro + 500000000
    ), 1000000000) AS BIGINT) AS BIGINT) AS amount_minor,
    events.business_date
  FROM stg_loyalty_events AS events
  INNER JOIN ref_stores
    ON events.store_id = ref_stores.store_id
  INNER JOIN ref_charge_rates AS rates
    ON rates.charge_kind = 'points'
    AND ref_stores.currency_code = rates.currency_code
    AND events.business_date >= rates.valid_from
    AND events.business_date <= rates.valid_to
  LEFT JOIN stg_orders
    ON events.order_key = stg_orders.order_key
  LEFT JOIN ops_identity_map
    ON events.customer_key = ops_identity_map.node_key
  WHERE
    stg_orders.order_key IS NULL AND events.event_kind IN ('earned', 'corrected')
), charges AS (
  SELECT
    'contact' AS charge_kind,
    contacts.*
  FROM contacts
  UNION ALL
  SELECT
    'incentive',
    gifts.*
  FROM gifts
  UNION ALL
  SELECT
    'acquisition',
    customer_key,
    store_id,
    currency_code,
    amount_minor,
    business_date
  FROM int_acquisition_charges
  UNION ALL
  SELECT
    'credit',
    customer_key,
    store_id,
    currency_code,
    amount_minor,
    business_date
  FROM int_credit_charges
), final AS (
  SELECT
    charge_kind,
    customer_key,
    store_id,
    currency_code,
    CAST(COUNT(*) AS BIGINT) AS charge_count,
    CAST(SUM(amount_minor) AS BIGINT) AS amount_minor,
    business_date
  FROM charges
  GROUP BY
    charge_kind,
    customer_key,
    store_id,
    currency_code,
    business_date
  HAVING
    SUM(charges.amount_minor) <> 0
)
SELECT
  *
FROM final
