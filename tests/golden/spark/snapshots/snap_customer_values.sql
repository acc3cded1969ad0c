-- include/sql/snapshots/snap_customer_values.sql, as spark reads it; python -m regulars docs
WITH measured AS (
  SELECT
    features.*,
    SPLIT_PART(features.last_visit_store, '|', 2) AS last_store_id,
    beliefs.customer_kind,
    beliefs.brand,
    beliefs.main_store_id,
    beliefs.circle,
    beliefs.credibility_ratio,
    beliefs.expected_gap_days,
    beliefs.overdue_ratio,
    beliefs.regularity_ratio,
    beliefs.visit_profit,
    beliefs.half_interval,
    COALESCE(cuts.cut_minor, 0) AS cut_minor,
    COALESCE(sums.curve_order_count, 0) AS curve_order_count,
    COALESCE(sums.curve_discounted_order_count, 0) AS curve_discounted_order_count,
    CAST(COALESCE(sums.curve_net_sales_minor, 0) AS DOUBLE) AS curve_net_sales,
    GREATEST(CAST(COALESCE(sums.tier_visit_profit_minor, 0) AS DOUBLE), 0) AS visit_profit_sum,
    CAST(COALESCE(sums.tier_visit_profit_square, 0) AS DOUBLE) AS visit_profit_square,
    GREATEST(COALESCE(sums.tier_largest_order_minor, 0), 0) AS largest_order_minor
  FROM snap_customer_features AS features
  INNER JOIN snap_customer_beliefs AS beliefs
    ON features.customer_key = beliefs.customer_key
    AND features.snapshot_date = beliefs.snapshot_date
  LEFT JOIN snap_value_cuts AS cuts
    ON beliefs.customer_kind = cuts.customer_kind
    AND beliefs.snapshot_date = cuts.snapshot_date
  LEFT JOIN snap_customer_sums AS sums
    ON features.customer_key = sums.customer_key
    AND features.snapshot_date = sums.snapshot_date
  WHERE
    features.snapshot_date >= :first_date AND features.snapshot_date <= :last_date
), valued AS (
  SELECT
    *,
    CAST(FLOOR(visit_profit * tier_visit_count) AS BIGINT) AS value_minor,
    CAST(FLOOR((
      visit_profit - half_interval
    ) * tier_visit_count) AS BIGINT) AS value_low_minor,
    CAST(FLOOR((
      visit_profit + half_interval
    ) * tier_visit_count) AS BIGINT) AS value_high_minor,
    CAST(FLOOR(visit_profit - half_interval) AS BIGINT) AS visit_profit_low_minor,
    CAST(FLOOR(visit_profit + half_interval) AS BIGINT) AS visit_profit_high_minor,
    COALESCE(visit_profit_sum * visit_profit_sum / NULLIF(visit_profit_square, 0), 0) AS effective_order_count,
    CASE
      WHEN tier_profit_minor > 0
      THEN LEAST(largest_order_minor / NULLIF(CAST(tier_profit_minor AS DOUBLE), 0), 1)
      ELSE 1
    END AS largest_order_ratio,
    COALESCE(CAST(curve_discounted_order_count AS DOUBLE) / NULLIF(curve_order_count, 0), 0) AS discounted_order_ratio,
    COALESCE(curve_profit_minor / NULLIF(curve_net_sales, 0), 0) AS margin_ratio
  FROM measured
), judged AS (
  SELECT
    *,
    CASE
      WHEN circle = 'none'
      THEN 'cohort_unknown'
      WHEN credibility_ratio < :min_credibility
      THEN 'few_visits'
      WHEN active_month_count < :min_active_months
      THEN 'few_months'
      WHEN largest_order_ratio > :max_largest_share
      THEN 'one_order'
      WHEN value_low_minor <= cut_minor
      THEN 'below_cut'
    END AS doubt_code,
    circle <> 'none'
    AND visit_profit_high_minor < 0
    AND (
      curve_cm2_minor < 0
      OR (
        curve_cm3_minor < 0 AND busy_order_count * 2 >= order_count
      )
    ) AS is_loss_making,
    curve_order_count >= :specials_visits
    AND discounted_order_ratio >= :specials_share AS is_specials_only
  FROM valued
), final AS (
  SELECT
    *,
    doubt_code IS NULL AS is_big_proven
  FROM judged
)
SELECT
  *
FROM final
