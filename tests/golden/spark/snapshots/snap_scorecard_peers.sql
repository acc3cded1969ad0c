-- include/sql/snapshots/snap_scorecard_peers.sql, as spark reads it; python -m regulars docs
WITH customers AS (
  SELECT
    valued.customer_key,
    valued.snapshot_date,
    CASE WHEN valued.customer_kind = 'business' THEN 'business' ELSE 'consumer' END AS peer_kind,
    COALESCE(ref_stores.store_type, '') AS store_type,
    valued.value_minor AS profit,
    valued.tier_visit_count AS visits,
    valued.regularity_ratio AS regularity,
    valued.age_days AS tenure,
    CAST(FLOOR(valued.tier_profit_minor * predictions.active_ratio) AS BIGINT) + potentials.potential_minor AS potential,
    -valued.discounted_order_ratio AS independence,
    -CAST(valued.curve_cm2_minor - valued.curve_cm3_minor AS DOUBLE) / NULLIF(GREATEST(valued.curve_net_sales, 1), 0) AS service,
    -moods.refund_ratio - COALESCE(CAST(moods.complaint_count AS DOUBLE) / NULLIF(valued.curve_order_count, 0), 0) AS trouble,
    moods.satisfaction_worth AS satisfaction,
    standings.trend_ratio AS trend,
    -standings.payment_delay_days AS delay,
    -standings.cancelled_ratio AS cancelled,
    -standings.dependence_ratio AS dependence
  FROM snap_customer_values AS valued
  INNER JOIN snap_customer_predictions AS predictions
    ON valued.customer_key = predictions.customer_key
    AND valued.snapshot_date = predictions.snapshot_date
  INNER JOIN snap_customer_moods AS moods
    ON valued.customer_key = moods.customer_key
    AND valued.snapshot_date = moods.snapshot_date
  INNER JOIN snap_customer_potentials AS potentials
    ON valued.customer_key = potentials.customer_key
    AND valued.snapshot_date = potentials.snapshot_date
  LEFT JOIN snap_business_standings AS standings
    ON valued.customer_key = standings.customer_key
    AND valued.snapshot_date = standings.snapshot_date
  LEFT JOIN ref_stores
    ON valued.last_store_id = ref_stores.store_id
  WHERE
    valued.tier_visit_count > 0
    AND valued.snapshot_date >= :first_date
    AND valued.snapshot_date <= :last_date
), counted AS (
  SELECT
    *,
    CAST(COUNT(*) OVER (PARTITION BY snapshot_date, peer_kind, store_type) AS BIGINT) AS type_count,
    CAST(COUNT(*) OVER (PARTITION BY snapshot_date, peer_kind) AS BIGINT) AS kind_count
  FROM customers
), judged AS (
  SELECT
    *,
    type_count >= :scorecard_min_peers AS has_peers,
    (
      MIN(type_count) OVER (PARTITION BY snapshot_date, peer_kind)
    ) < :scorecard_min_peers AS has_small_types
  FROM counted
), grouped AS (
  SELECT
    *,
    store_type AS peer_group,
    TRUE AS is_own,
    type_count AS peer_count
  FROM judged
  WHERE
    has_peers
  UNION ALL
  SELECT
    *,
    '*' AS peer_group,
    NOT has_peers AS is_own,
    kind_count AS peer_count
  FROM judged
  WHERE
    has_small_types
), final AS (
  SELECT
    *,
    CAST(DENSE_RANK() OVER (PARTITION BY snapshot_date ORDER BY peer_kind NULLS LAST, peer_group NULLS LAST) AS BIGINT) AS peer_no,
    CAST(ROW_NUMBER() OVER (
      PARTITION BY snapshot_date
      ORDER BY peer_group NULLS LAST, customer_key NULLS LAST
    ) AS BIGINT) AS row_no
  FROM grouped
)
SELECT
  *
FROM final
