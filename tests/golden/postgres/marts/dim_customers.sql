-- include/sql/marts/dim_customers.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    MAX(snapshot_date) AS snapshot_date
  FROM int_customer_kinds
), kinds AS (
  SELECT
    int_customer_kinds.*
  FROM int_customer_kinds
  INNER JOIN newest
    ON int_customer_kinds.snapshot_date = newest.snapshot_date
), final AS (
  SELECT
    int_customers.customer_key,
    COALESCE(kinds.customer_kind, int_customers.stated_kind, 'consumer') AS customer_kind,
    COALESCE(
      kinds.kind_source,
      CASE WHEN NOT int_customers.stated_kind IS NULL THEN 'stated' ELSE 'default' END
    ) AS kind_source,
    COALESCE(kinds.kind_confidence_ratio, 0) AS kind_confidence_ratio,
    kinds.business_signs,
    known_since_on,
    acquisition_source,
    account_id,
    household_key,
    household_size,
    home_store_id,
    language,
    is_staff,
    is_profiling_opt_out,
    is_lead,
    dim_customers_history.tier,
    dim_customers_history.segment,
    dim_customers_history.stage,
    dim_customers_history.valid_from_on AS state_since_on
  FROM int_customers
  LEFT JOIN kinds
    ON int_customers.customer_key = kinds.customer_key
  LEFT JOIN dim_customers_history
    ON int_customers.customer_key = dim_customers_history.customer_key
    AND dim_customers_history.is_current
)
SELECT
  *
FROM final
