-- include/sql/intermediate/int_currency_days.sql, as spark reads it; python -m regulars docs
WITH entries AS (
  SELECT
    business_date,
    currency_code,
    1 AS order_count,
    net_sales_minor,
    cm1_minor,
    cm2_minor,
    cm3_minor,
    true_profit_minor
  FROM fct_orders
  WHERE
    business_date >= :first_date AND business_date <= :last_date
  UNION ALL
  SELECT
    business_date,
    currency_code,
    0,
    0,
    0,
    -incentive_cost_minor - contact_cost_minor,
    -incentive_cost_minor - contact_cost_minor,
    -incentive_cost_minor - contact_cost_minor - acquisition_cost_minor - credit_cost_minor
  FROM int_charge_days
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), final AS (
  SELECT
    currency_code,
    CAST(SUM(order_count) AS BIGINT) AS order_count,
    CAST(SUM(net_sales_minor) AS BIGINT) AS net_sales_minor,
    CAST(SUM(cm1_minor) AS BIGINT) AS cm1_minor,
    CAST(SUM(cm2_minor) AS BIGINT) AS cm2_minor,
    CAST(SUM(cm3_minor) AS BIGINT) AS cm3_minor,
    CAST(SUM(true_profit_minor) AS BIGINT) AS true_profit_minor,
    business_date
  FROM entries
  GROUP BY
    business_date,
    currency_code
)
SELECT
  *
FROM final
