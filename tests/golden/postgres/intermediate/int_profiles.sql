-- include/sql/intermediate/int_profiles.sql, as postgres reads it; python -m regulars docs
WITH mapped AS (
  SELECT
    COALESCE(ops_identity_map.customer_key, stg_customers.customer_key) AS customer_key,
    stg_customers.customer_key AS profile_key,
    stg_customers.customer_kind,
    stg_customers.joined_on,
    stg_customers.acquisition_source,
    stg_customers.account_id,
    COALESCE(homes.customer_key, stg_customers.household_key) AS household_key,
    stg_customers.home_store_id,
    stg_customers.language,
    stg_customers.is_staff,
    stg_customers.is_profiling_opt_out,
    stg_customers.is_company_email
  FROM stg_customers
  LEFT JOIN ops_identity_map
    ON stg_customers.customer_key = ops_identity_map.node_key
  LEFT JOIN ops_identity_map AS homes
    ON stg_customers.household_key = homes.node_key
), eldest AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (
        PARTITION BY customer_key
        ORDER BY COALESCE(joined_on, CAST('9999-12-31' AS DATE)), profile_key
      ) AS _w
    FROM mapped
  ) AS _t
  WHERE
    _w = 1
), together AS (
  SELECT
    customer_key,
    MIN(customer_kind) FILTER(WHERE
      customer_kind <> 'consumer') AS special_kind,
    MIN(acquisition_source) AS acquisition_source,
    MIN(account_id) AS account_id,
    MIN(household_key) AS household_key,
    MIN(home_store_id) AS home_store_id,
    MIN(language) AS language,
    MAX(CASE WHEN is_staff THEN 1 ELSE 0 END) = 1 AS is_staff,
    MAX(CASE WHEN is_profiling_opt_out THEN 1 ELSE 0 END) = 1 AS is_profiling_opt_out,
    MAX(CASE WHEN is_company_email THEN 1 ELSE 0 END) = 1 AS is_company_email
  FROM mapped
  GROUP BY
    customer_key
), final AS (
  SELECT
    eldest.customer_key,
    COALESCE(together.special_kind, eldest.customer_kind) AS stated_kind,
    eldest.joined_on,
    COALESCE(eldest.acquisition_source, together.acquisition_source) AS acquisition_source,
    COALESCE(eldest.account_id, together.account_id) AS account_id,
    COALESCE(eldest.household_key, together.household_key) AS household_key,
    COALESCE(eldest.home_store_id, together.home_store_id) AS home_store_id,
    COALESCE(eldest.language, together.language) AS language,
    together.is_staff,
    together.is_profiling_opt_out,
    together.is_company_email
  FROM eldest
  INNER JOIN together
    ON eldest.customer_key = together.customer_key
)
SELECT
  *
FROM final
