-- include/sql/snapshots/snap_store_customers.sql, as postgres reads it; python -m regulars docs
WITH dates AS (
  SELECT
    snapshot_date
  FROM ref_snapshot_dates
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), summed AS (
  SELECT
    days.store_id,
    days.customer_key,
    days.currency_code,
    CAST(SUM(order_count) AS BIGINT) AS order_count,
    CAST(SUM(gross_minor) AS BIGINT) AS gross_minor,
    CAST(SUM(discount_minor) AS BIGINT) AS discount_minor,
    CAST(SUM(comp_minor) AS BIGINT) AS comp_minor,
    CAST(SUM(refund_minor) AS BIGINT) AS refund_minor,
    CAST(SUM(fee_income_minor) AS BIGINT) AS fee_income_minor,
    CAST(SUM(food_cost_minor) AS BIGINT) AS food_cost_minor,
    CAST(SUM(packaging_cost_minor) AS BIGINT) AS packaging_cost_minor,
    CAST(SUM(channel_cost_minor) AS BIGINT) AS channel_cost_minor,
    CAST(SUM(payment_fee_minor) AS BIGINT) AS payment_fee_minor,
    CAST(SUM(incentive_cost_minor) AS BIGINT) AS incentive_cost_minor,
    CAST(SUM(contact_cost_minor) AS BIGINT) AS contact_cost_minor,
    CAST(SUM(service_cost_minor) AS BIGINT) AS service_cost_minor,
    CAST(SUM(complaint_cost_minor) AS BIGINT) AS complaint_cost_minor,
    CAST(SUM(acquisition_cost_minor) AS BIGINT) AS acquisition_cost_minor,
    CAST(SUM(credit_cost_minor) AS BIGINT) AS credit_cost_minor,
    dates.snapshot_date
  FROM int_store_customer_days AS days
  INNER JOIN dates
    ON days.business_date <= dates.snapshot_date
    AND (
      CAST(dates.snapshot_date AS DATE) - CAST(days.business_date AS DATE)
    ) < :curve_days
  GROUP BY
    days.store_id,
    days.customer_key,
    days.currency_code,
    dates.snapshot_date
), final AS (
  SELECT
    *,
    gross_minor - discount_minor - comp_minor - refund_minor + fee_income_minor - food_cost_minor - packaging_cost_minor - channel_cost_minor - payment_fee_minor - incentive_cost_minor - contact_cost_minor - service_cost_minor - complaint_cost_minor - acquisition_cost_minor - credit_cost_minor AS true_profit_minor
  FROM summed
)
SELECT
  *
FROM final
