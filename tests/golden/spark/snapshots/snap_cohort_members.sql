-- include/sql/snapshots/snap_cohort_members.sql, as spark reads it; python -m regulars docs
WITH homes AS (
  SELECT
    customer_key,
    main_store_id,
    snapshot_date
  FROM snap_customer_peers
  WHERE
    currency_code = :group_currency
    AND snapshot_date >= :first_date
    AND snapshot_date <= :last_date
), housed AS (
  SELECT
    features.customer_key,
    kinds.customer_kind,
    COALESCE(homes.main_store_id, SPLIT_PART(features.last_visit_store, '|', 2)) AS main_store_id,
    features.snapshot_date
  FROM snap_customer_features AS features
  INNER JOIN int_customer_kinds AS kinds
    ON features.customer_key = kinds.customer_key
    AND features.snapshot_date = kinds.snapshot_date
  LEFT JOIN homes
    ON features.customer_key = homes.customer_key
    AND features.snapshot_date = homes.snapshot_date
  WHERE
    features.snapshot_date >= :first_date AND features.snapshot_date <= :last_date
), final AS (
  SELECT
    housed.customer_key,
    housed.customer_kind,
    housed.main_store_id,
    COALESCE(ref_stores.brand, '') AS brand,
    housed.snapshot_date
  FROM housed
  LEFT JOIN ref_stores
    ON housed.main_store_id = ref_stores.store_id
)
SELECT
  *
FROM final
