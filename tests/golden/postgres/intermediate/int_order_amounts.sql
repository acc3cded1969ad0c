-- include/sql/intermediate/int_order_amounts.sql, as postgres reads it; python -m regulars docs
WITH lines AS (
  SELECT
    order_key,
    CAST(COUNT(*) FILTER(WHERE
      is_counted) AS BIGINT) AS line_count,
    CAST(SUM(gross_minor) AS BIGINT) AS gross_minor,
    CAST(SUM(discount_minor) AS BIGINT) AS discount_minor,
    CAST(SUM(comp_minor) AS BIGINT) AS comp_minor,
    CAST(SUM(refund_minor) AS BIGINT) AS refund_minor,
    CAST(SUM(liability_minor) AS BIGINT) AS liability_minor,
    CAST(SUM(food_cost_minor) AS BIGINT) AS food_cost_minor,
    CAST(SUM(remake_cost_minor) AS BIGINT) AS remake_cost_minor,
    CAST(COUNT(*) FILTER(WHERE
      is_cost_missing) AS BIGINT) AS missing_cost_count,
    business_date
  FROM int_line_costs
  WHERE
    business_date >= :first_date AND business_date <= :last_date
  GROUP BY
    order_key,
    business_date
), adjustments AS (
  SELECT
    order_key,
    CAST(SUM(merchant_discount_minor) AS BIGINT) AS merchant_discount_minor,
    CAST(SUM(funded_discount_minor) AS BIGINT) AS funded_discount_minor,
    CAST(SUM(points_minor) AS BIGINT) AS points_minor,
    CAST(SUM(error_charge_minor) AS BIGINT) AS error_charge_minor,
    CAST(SUM(compensation_minor) AS BIGINT) AS compensation_minor
  FROM int_order_adjustments
  WHERE
    business_date >= :first_date AND business_date <= :last_date
  GROUP BY
    order_key
), amounts AS (
  SELECT
    lines.order_key,
    line_count,
    gross_minor,
    discount_minor,
    comp_minor,
    refund_minor,
    liability_minor,
    food_cost_minor,
    remake_cost_minor,
    missing_cost_count,
    COALESCE(merchant_discount_minor, 0) AS merchant_discount_minor,
    COALESCE(funded_discount_minor, 0) AS funded_discount_minor,
    COALESCE(points_minor, 0) AS points_minor,
    COALESCE(error_charge_minor, 0) AS error_charge_minor,
    COALESCE(compensation_minor, 0) AS compensation_minor,
    business_date
  FROM lines
  LEFT JOIN adjustments
    ON lines.order_key = adjustments.order_key
)
SELECT
  *
FROM amounts
