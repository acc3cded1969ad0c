-- include/sql/marts/fct_reconciliation.sql, as postgres reads it; python -m regulars docs
WITH orders AS (
  SELECT
    store_id,
    business_date,
    currency_code,
    CAST(COUNT(*) AS BIGINT) AS order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid) AS BIGINT) AS paid_order_count,
    CAST(COUNT(*) FILTER(WHERE
      is_paid AND customer_key IS NULL) AS BIGINT) AS anonymous_order_count,
    CAST(SUM(ledger_minor) AS BIGINT) AS ledger_minor,
    CAST(COALESCE(SUM(net_sales_minor) FILTER(WHERE
      NOT customer_key IS NULL), 0) AS BIGINT) AS identified_minor,
    CAST(COALESCE(SUM(net_sales_minor) FILTER(WHERE
      customer_key IS NULL), 0) AS BIGINT) AS unidentified_minor,
    CAST(SUM(cm2_minor) AS BIGINT) AS cm2_minor,
    CAST(SUM(true_profit_minor) AS BIGINT) AS true_profit_minor,
    CAST(COALESCE(SUM(settlement_gap_minor), 0) AS BIGINT) AS settlement_gap_minor,
    CAST(SUM(ledger_minor - net_sales_minor) AS BIGINT) AS recon_delta_minor,
    CAST(COALESCE(
      SUM(total_minor - paid_minor) FILTER(WHERE
        is_paid AND NOT paid_minor IS NULL),
      0
    ) AS BIGINT) AS payment_delta_minor,
    CAST(COUNT(*) FILTER(WHERE
      is_cost_missing) AS BIGINT) AS missing_cost_order_count
  FROM fct_orders
  WHERE
    business_date >= :first_date AND business_date <= :last_date
  GROUP BY
    store_id,
    business_date,
    currency_code
), orphans AS (
  SELECT
    store_id,
    business_date,
    currency_code,
    CAST(-SUM(amount_minor) AS BIGINT) AS unallocated_minor
  FROM int_orphan_adjustments
  WHERE
    is_of_sales AND business_date >= :first_date AND business_date <= :last_date
  GROUP BY
    store_id,
    business_date,
    currency_code
), final AS (
  SELECT
    COALESCE(orders.store_id, orphans.store_id) AS store_id,
    COALESCE(orders.currency_code, orphans.currency_code) AS currency_code,
    COALESCE(orders.order_count, 0) AS order_count,
    COALESCE(orders.paid_order_count, 0) AS paid_order_count,
    COALESCE(orders.anonymous_order_count, 0) AS anonymous_order_count,
    CAST(CAST(orders.anonymous_order_count AS DOUBLE PRECISION) / NULLIF(orders.paid_order_count, 0) AS DOUBLE PRECISION) AS anonymous_order_ratio,
    CAST(CASE
      WHEN orders.identified_minor + orders.unidentified_minor > 0
      THEN CAST(orders.unidentified_minor AS DOUBLE PRECISION) / NULLIF(orders.identified_minor + orders.unidentified_minor, 0)
    END AS DOUBLE PRECISION) AS anonymous_net_sales_ratio,
    COALESCE(orders.ledger_minor, 0) + COALESCE(orphans.unallocated_minor, 0) AS ledger_minor,
    COALESCE(orders.identified_minor, 0) AS identified_minor,
    COALESCE(orders.unidentified_minor, 0) AS unidentified_minor,
    COALESCE(orphans.unallocated_minor, 0) AS unallocated_minor,
    COALESCE(orders.cm2_minor, 0) AS cm2_minor,
    COALESCE(orders.true_profit_minor, 0) AS true_profit_minor,
    COALESCE(orders.settlement_gap_minor, 0) AS settlement_gap_minor,
    COALESCE(orders.recon_delta_minor, 0) AS recon_delta_minor,
    COALESCE(orders.payment_delta_minor, 0) AS payment_delta_minor,
    COALESCE(orders.missing_cost_order_count, 0) AS missing_cost_order_count,
    COALESCE(orders.business_date, orphans.business_date) AS business_date
  FROM orders
  FULL OUTER JOIN orphans
    ON orders.store_id = orphans.store_id
    AND orders.business_date = orphans.business_date
    AND orders.currency_code = orphans.currency_code
)
SELECT
  *
FROM final
