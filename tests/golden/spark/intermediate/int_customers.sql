-- include/sql/intermediate/int_customers.sql, as spark reads it; python -m regulars docs
WITH buyers AS (
  SELECT
    customer_key,
    MIN(business_date) AS first_seen_on
  FROM fct_customer_days
  GROUP BY
    customer_key
), heard AS (
  SELECT
    customer_key,
    business_date AS heard_on,
    lead_source,
    home_store_id,
    1 AS is_lead
  FROM stg_leads
  UNION ALL
  SELECT
    customer_key,
    COALESCE(CAST(booked_local_at AS DATE), business_date) AS heard_on,
    CAST(NULL AS STRING) AS lead_source,
    store_id AS home_store_id,
    0 AS is_lead
  FROM stg_reservations
  WHERE
    NOT customer_key IS NULL
), contacts AS (
  SELECT
    COALESCE(ops_identity_map.customer_key, heard.customer_key) AS customer_key,
    MIN(heard.heard_on) AS heard_on,
    MIN(heard.lead_source) AS lead_source,
    MIN(heard.home_store_id) AS home_store_id,
    MAX(heard.is_lead) = 1 AS is_lead
  FROM heard
  LEFT JOIN ops_identity_map
    ON heard.customer_key = ops_identity_map.node_key
  GROUP BY
    COALESCE(ops_identity_map.customer_key, heard.customer_key)
), accounts AS (
  SELECT
    customer_key,
    'business' AS stated_kind,
    MIN(account_id) AS account_id
  FROM int_account_customers
  GROUP BY
    customer_key
), sightings AS (
  SELECT
    customer_key,
    first_seen_on AS known_on
  FROM buyers
  UNION ALL
  SELECT
    customer_key,
    heard_on
  FROM contacts
  UNION ALL
  SELECT
    customer_key,
    joined_on
  FROM int_profiles
  UNION ALL
  SELECT
    customer_key,
    CAST(NULL AS DATE)
  FROM accounts
), keys AS (
  SELECT
    customer_key,
    COALESCE(MIN(known_on), CAST('1970-01-01' AS DATE)) AS known_since_on
  FROM sightings
  GROUP BY
    customer_key
), final AS (
  SELECT
    keys.customer_key,
    COALESCE(int_profiles.stated_kind, accounts.stated_kind) AS stated_kind,
    keys.known_since_on,
    COALESCE(int_profiles.acquisition_source, contacts.lead_source) AS acquisition_source,
    COALESCE(accounts.account_id, int_profiles.account_id) AS account_id,
    int_profiles.household_key,
    CASE
      WHEN NOT int_profiles.household_key IS NULL
      THEN CAST(COUNT(*) OVER (PARTITION BY int_profiles.household_key) AS BIGINT)
    END AS household_size,
    COALESCE(int_profiles.home_store_id, contacts.home_store_id) AS home_store_id,
    int_profiles.language,
    COALESCE(int_profiles.is_staff, FALSE) AS is_staff,
    COALESCE(int_profiles.is_profiling_opt_out, FALSE) AS is_profiling_opt_out,
    COALESCE(int_profiles.is_company_email, FALSE) AS is_company_email,
    COALESCE(contacts.is_lead, FALSE) AS is_lead
  FROM keys
  LEFT JOIN contacts
    ON keys.customer_key = contacts.customer_key
  LEFT JOIN accounts
    ON keys.customer_key = accounts.customer_key
  LEFT JOIN int_profiles
    ON keys.customer_key = int_profiles.customer_key
)
SELECT
  *
FROM final
