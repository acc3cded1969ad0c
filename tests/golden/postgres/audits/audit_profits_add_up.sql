-- include/sql/audits/audit_profits_add_up.sql, as postgres reads it; python -m regulars docs
WITH entries AS (
  SELECT
    currency_code,
    visit_count,
    net_sales_minor,
    true_profit_minor
  FROM fct_customer_profits
  WHERE
    snapshot_date = :business_date
  UNION ALL
  SELECT
    currency_code,
    -visit_count,
    -net_sales_minor,
    -true_profit_minor
  FROM fct_customer_days
  WHERE
    business_date <= :business_date
    AND (
      CAST(:business_date AS DATE) - CAST(business_date AS DATE)
    ) < :curve_days
), summed AS (
  SELECT
    currency_code,
    CAST(SUM(visit_count) AS BIGINT) AS visit_count,
    CAST(SUM(net_sales_minor) AS BIGINT) AS net_sales_minor,
    CAST(SUM(true_profit_minor) AS BIGINT) AS true_profit_minor
  FROM entries
  GROUP BY
    currency_code
), failures AS (
  SELECT
    *
  FROM summed
  WHERE
    visit_count <> 0 OR net_sales_minor <> 0 OR true_profit_minor <> 0
)
SELECT
  *
FROM failures
