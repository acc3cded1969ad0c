-- include/sql/marts/fct_store_costs.sql, as postgres reads it; python -m regulars docs
WITH billed AS (
  SELECT
    settled.store_id,
    CASE
      WHEN settled.fee_type IN ('ads', 'marketing')
      THEN settled.fee_type
      WHEN settled.fee_type = 'recon_delta'
      THEN 'payout_delta'
      WHEN settled.matched_by = 'store'
      THEN 'platform_fee'
      ELSE 'settlement_without_order'
    END AS cost_kind,
    settled.platform,
    COALESCE(settled.currency_code, ref_stores.currency_code) AS currency_code,
    settled.amount_minor,
    settled.payout_date AS business_date
  FROM int_settlement_orders AS settled
  INNER JOIN ref_stores
    ON settled.store_id = ref_stores.store_id
  WHERE
    settled.fee_type = 'ads'
    OR (
      settled.order_key IS NULL
      AND settled.fee_type IN (
        'commission',
        'delivery',
        'processing',
        'insurance',
        'adjustment',
        'marketing',
        'merchant_promo',
        'error_charge',
        'recon_delta'
      )
    )
), charged AS (
  SELECT
    COALESCE(store_id, '') AS store_id,
    charge_kind || '_without_customer' AS cost_kind,
    '' AS platform,
    currency_code,
    amount_minor,
    business_date
  FROM int_customer_charges
  WHERE
    customer_key IS NULL
), gathered AS (
  SELECT
    *
  FROM billed
  UNION ALL
  SELECT
    *
  FROM charged
  UNION ALL
  SELECT
    store_id,
    adjustment_type || '_without_order',
    '',
    currency_code,
    amount_minor,
    business_date
  FROM int_orphan_adjustments
  WHERE
    NOT is_of_sales
  UNION ALL
  SELECT
    store_id,
    'unused_capacity',
    '',
    currency_code,
    unused_cost_minor,
    business_date
  FROM fct_utilisation
), final AS (
  SELECT
    store_id,
    cost_kind,
    platform,
    currency_code,
    CAST(COUNT(*) AS BIGINT) AS row_count,
    CAST(SUM(amount_minor) AS BIGINT) AS cost_minor,
    business_date
  FROM gathered
  WHERE
    business_date >= :first_date AND business_date <= :last_date
  GROUP BY
    store_id,
    cost_kind,
    platform,
    currency_code,
    business_date
  HAVING
    SUM(amount_minor) <> 0
)
SELECT
  *
FROM final
