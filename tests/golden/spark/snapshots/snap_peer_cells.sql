-- include/sql/snapshots/snap_peer_cells.sql, as spark reads it; python -m regulars docs
WITH habits AS (
  SELECT
    valued.customer_key,
    valued.customer_kind,
    valued.main_store_id,
    valued.tier_visit_count,
    valued.tier_profit_minor,
    valued.age_days,
    COALESCE(sums.curve_lunch_order_count, 0) AS lunch_count,
    COALESCE(sums.curve_dinner_order_count, 0) AS dinner_count,
    COALESCE(sums.curve_late_order_count, 0) AS late_count,
    COALESCE(sums.curve_order_count, 0) AS order_count,
    CAST(COALESCE(sums.curve_covers, 0) AS DOUBLE) / NULLIF(sums.curve_party_count, 0) AS party_size,
    valued.snapshot_date
  FROM snap_customer_values AS valued
  LEFT JOIN snap_customer_sums AS sums
    ON valued.customer_key = sums.customer_key
    AND valued.snapshot_date = sums.snapshot_date
  WHERE
    valued.snapshot_date >= :first_date AND valued.snapshot_date <= :last_date
), final AS (
  SELECT
    customer_key,
    customer_kind,
    main_store_id,
    tier_profit_minor,
    tier_visit_count > 0 AS is_peer,
    CASE
      WHEN lunch_count > 0
      AND lunch_count >= dinner_count
      AND lunch_count >= late_count
      AND lunch_count * 2 >= order_count
      THEN 'lunch'
      WHEN dinner_count > 0
      AND dinner_count >= late_count
      AND dinner_count * 2 >= order_count
      THEN 'dinner'
      WHEN late_count > 0 AND late_count * 2 >= order_count
      THEN 'late'
      ELSE 'mixed'
    END AS daypart,
    CASE
      WHEN party_size IS NULL
      THEN 'unknown'
      WHEN party_size <= :small_party
      THEN 'small'
      WHEN party_size <= :large_party
      THEN 'middle'
      ELSE 'large'
    END AS party_band,
    CASE
      WHEN age_days <= :young_days
      THEN 'young'
      WHEN age_days <= :old_days
      THEN 'grown'
      ELSE 'old'
    END AS age_band,
    snapshot_date
  FROM habits
)
SELECT
  *
FROM final
