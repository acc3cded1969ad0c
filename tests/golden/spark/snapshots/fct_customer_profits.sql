-- include/sql/snapshots/fct_customer_profits.sql, as spark reads it; python -m regulars docs
WITH dates AS (
  SELECT
    snapshot_date
  FROM ref_snapshot_dates
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), days AS (
  SELECT
    *
  FROM fct_customer_days
), windowed AS (
  SELECT
    days.*,
    dates.snapshot_date
  FROM days
  INNER JOIN dates
    ON days.business_date <= dates.snapshot_date
    AND DATEDIFF(DAY, days.business_date, dates.snapshot_date) < :curve_days
), final AS (
  SELECT
    customer_key,
    currency_code,
    CAST(SUM(visit_count) AS BIGINT) AS visit_count,
    CAST(SUM(order_count) AS BIGINT) AS order_count,
    CAST(SUM(gross_minor) AS BIGINT) AS gross_minor,
    CAST(SUM(discount_minor) AS BIGINT) AS discount_minor,
    CAST(SUM(comp_minor) AS BIGINT) AS comp_minor,
    CAST(SUM(refund_minor) AS BIGINT) AS refund_minor,
    CAST(SUM(fee_income_minor) AS BIGINT) AS fee_income_minor,
    CAST(SUM(net_sales_minor) AS BIGINT) AS net_sales_minor,
    CAST(SUM(food_cost_minor) AS BIGINT) AS food_cost_minor,
    CAST(SUM(packaging_cost_minor) AS BIGINT) AS packaging_cost_minor,
    CAST(SUM(cm1_minor) AS BIGINT) AS cm1_minor,
    CAST(SUM(channel_cost_minor) AS BIGINT) AS channel_cost_minor,
    CAST(SUM(payment_fee_minor) AS BIGINT) AS payment_fee_minor,
    CAST(SUM(incentive_cost_minor) AS BIGINT) AS incentive_cost_minor,
    CAST(SUM(contact_cost_minor) AS BIGINT) AS contact_cost_minor,
    CAST(SUM(cm2_minor) AS BIGINT) AS cm2_minor,
    CAST(SUM(service_cost_minor) AS BIGINT) AS service_cost_minor,
    CAST(SUM(cm3_minor) AS BIGINT) AS cm3_minor,
    CAST(SUM(complaint_cost_minor) AS BIGINT) AS complaint_cost_minor,
    CAST(SUM(acquisition_cost_minor) AS BIGINT) AS acquisition_cost_minor,
    CAST(SUM(credit_cost_minor) AS BIGINT) AS credit_cost_minor,
    CAST(SUM(true_profit_minor) AS BIGINT) AS true_profit_minor,
    snapshot_date
  FROM windowed
  GROUP BY
    customer_key,
    currency_code,
    snapshot_date
)
SELECT
  *
FROM final
