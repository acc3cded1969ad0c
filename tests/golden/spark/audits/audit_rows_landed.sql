-- include/sql/audits/audit_rows_landed.sql, as spark reads it; python -m regulars docs
WITH rows_held AS (
  SELECT
    'orders' AS entity,
    source_file_sha256
  FROM raw_orders
  UNION ALL
  SELECT
    'order_lines',
    source_file_sha256
  FROM raw_order_lines
  UNION ALL
  SELECT
    'payments',
    source_file_sha256
  FROM raw_payments
  UNION ALL
  SELECT
    'adjustments',
    source_file_sha256
  FROM raw_adjustments
  UNION ALL
  SELECT
    'settlements',
    source_file_sha256
  FROM raw_settlements
  UNION ALL
  SELECT
    'order_identifiers',
    source_file_sha256
  FROM raw_order_identifiers
  UNION ALL
  SELECT
    'customers',
    source_file_sha256
  FROM raw_customers
  UNION ALL
  SELECT
    'customer_identifiers',
    source_file_sha256
  FROM raw_customer_identifiers
  UNION ALL
  SELECT
    'customer_overrides',
    source_file_sha256
  FROM raw_customer_overrides
  UNION ALL
  SELECT
    'consents',
    source_file_sha256
  FROM raw_consents
  UNION ALL
  SELECT
    'feedback',
    source_file_sha256
  FROM raw_feedback
  UNION ALL
  SELECT
    'leads',
    source_file_sha256
  FROM raw_leads
  UNION ALL
  SELECT
    'reservations',
    source_file_sha256
  FROM raw_reservations
  UNION ALL
  SELECT
    'accounts',
    source_file_sha256
  FROM raw_accounts
  UNION ALL
  SELECT
    'invoices',
    source_file_sha256
  FROM raw_invoices
  UNION ALL
  SELECT
    'items',
    source_file_sha256
  FROM raw_items
  UNION ALL
  SELECT
    'recipe_costs',
    source_file_sha256
  FROM raw_recipe_costs
  UNION ALL
  SELECT
    'cost_rules',
    source_file_sha256
  FROM raw_cost_rules
  UNION ALL
  SELECT
    'stores',
    source_file_sha256
  FROM raw_stores
  UNION ALL
  SELECT
    'loyalty_events',
    source_file_sha256
  FROM raw_loyalty_events
  UNION ALL
  SELECT
    'exchange_rates',
    source_file_sha256
  FROM raw_exchange_rates
  UNION ALL
  SELECT
    'action_events',
    source_file_sha256
  FROM raw_action_events
  UNION ALL
  SELECT
    'restricted_contacts',
    source_file_sha256
  FROM restricted_contacts
), held AS (
  SELECT
    entity,
    source_file_sha256,
    CAST(COUNT(*) AS BIGINT) AS held_count
  FROM rows_held
  GROUP BY
    entity,
    source_file_sha256
), told AS (
  SELECT
    entity,
    source_file_sha256,
    CAST(SUM(loaded_count) AS BIGINT) AS loaded_count,
    CAST(SUM(quarantined_count) AS BIGINT) AS quarantined_count
  FROM raw_file_receipts
  GROUP BY
    entity,
    source_file_sha256
), counted AS (
  SELECT
    entity,
    source_file_sha256,
    CAST(SUM(landed_count) AS BIGINT) AS landed_count,
    CAST(SUM(kept_count) AS BIGINT) AS kept_count
  FROM raw_file_counts
  GROUP BY
    entity,
    source_file_sha256
), compared AS (
  SELECT
    COALESCE(told.entity, held.entity) AS entity,
    COALESCE(told.source_file_sha256, held.source_file_sha256) AS source_file_sha256,
    COALESCE(told.loaded_count, 0) AS loaded_count,
    COALESCE(told.quarantined_count, 0) AS quarantined_count,
    COALESCE(held.held_count, 0) AS held_count
  FROM told
  FULL OUTER JOIN held
    ON told.entity = held.entity AND told.source_file_sha256 = held.source_file_sha256
), failures AS (
  SELECT
    compared.entity,
    compared.source_file_sha256,
    loaded_count,
    held_count,
    landed_count,
    quarantined_count,
    kept_count
  FROM compared
  LEFT JOIN counted
    ON compared.entity = counted.entity
    AND compared.source_file_sha256 = counted.source_file_sha256
  WHERE
    loaded_count <> held_count
    OR loaded_count <> COALESCE(landed_count, 0)
    OR quarantined_count <> COALESCE(kept_count, 0)
)
SELECT
  *
FROM failures
