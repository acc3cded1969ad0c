-- include/sql/intermediate/int_first_visits.sql, as spark reads it; python -m regulars docs
WITH begun AS (
  SELECT
    customer_key,
    currency_code,
    MIN(business_date) AS first_on
  FROM fct_customer_days
  WHERE
    visit_count > 0
  GROUP BY
    customer_key,
    currency_code
), earned AS (
  SELECT
    begun.customer_key,
    begun.currency_code,
    CAST(SUM(days.cm2_minor) AS BIGINT) AS half_year_cm2_minor
  FROM begun
  INNER JOIN fct_customer_days AS days
    ON begun.customer_key = days.customer_key
    AND begun.currency_code = days.currency_code
    AND DATEDIFF(DAY, begun.first_on, days.business_date) < :learning_days
  GROUP BY
    begun.customer_key,
    begun.currency_code
), final AS (
  SELECT
    begun.customer_key,
    begun.currency_code,
    begun.first_on,
    COALESCE(known.acquisition_source, 'unknown') AS acquisition_source,
    first_days.net_sales_minor AS basket_minor,
    CASE
      WHEN first_days.discounted_order_count > 0
      THEN 'discounted'
      ELSE 'full_price'
    END AS price_band,
    CASE
      WHEN first_days.lunch_order_count > 0
      THEN 'lunch'
      WHEN first_days.dinner_order_count > 0
      THEN 'dinner'
      WHEN first_days.late_order_count > 0
      THEN 'late'
      ELSE 'other'
    END AS daypart,
    earned.half_year_cm2_minor
  FROM begun
  INNER JOIN fct_customer_days AS first_days
    ON begun.customer_key = first_days.customer_key
    AND begun.currency_code = first_days.currency_code
    AND begun.first_on = first_days.business_date
  INNER JOIN earned
    ON begun.customer_key = earned.customer_key
    AND begun.currency_code = earned.currency_code
  LEFT JOIN int_customers AS known
    ON begun.customer_key = known.customer_key
)
SELECT
  *
FROM final
