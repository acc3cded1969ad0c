-- include/sql/intermediate/int_charge_days.sql, as spark reads it; python -m regulars docs
WITH final AS (
  SELECT
    customer_key,
    currency_code,
    MIN(store_id) AS store_id,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      charge_kind = 'incentive'), 0) AS BIGINT) AS incentive_cost_minor,
    CAST(COALESCE(SUM(charge_count) FILTER(WHERE
      charge_kind = 'contact'), 0) AS BIGINT) AS contact_count,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      charge_kind = 'contact'), 0) AS BIGINT) AS contact_cost_minor,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      charge_kind = 'acquisition'), 0) AS BIGINT) AS acquisition_cost_minor,
    CAST(COALESCE(SUM(amount_minor) FILTER(WHERE
      charge_kind = 'credit'), 0) AS BIGINT) AS credit_cost_minor,
    business_date
  FROM int_customer_charges
  WHERE
    NOT customer_key IS NULL
    AND business_date >= :first_date
    AND business_date <= :last_date
  GROUP BY
    customer_key,
    currency_code,
    business_date
)
SELECT
  *
FROM final
