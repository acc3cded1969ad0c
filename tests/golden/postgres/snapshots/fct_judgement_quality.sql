-- include/sql/snapshots/fct_judgement_quality.sql, as postgres reads it; python -m regulars docs
WITH judged AS (
  SELECT
    snapshot_date,
    CAST(COUNT(*) AS BIGINT) AS customer_count,
    CAST(COUNT(*) FILTER(WHERE
      segment = 'unproven') AS BIGINT) AS unproven_count,
    CAST(COALESCE(SUM(curve_profit_minor) FILTER(WHERE
      segment = 'unproven'), 0) AS BIGINT) AS unproven_profit_minor,
    CAST(COUNT(*) FILTER(WHERE
      segment = 'loss_maker') AS BIGINT) AS loss_maker_count,
    CAST(COUNT(*) FILTER(WHERE
      is_borderline) AS BIGINT) AS borderline_count,
    CAST(COUNT(*) FILTER(WHERE
      NOT downgrade_notice_on IS NULL) AS BIGINT) AS notice_count
  FROM snap_customer_tiers
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
  GROUP BY
    snapshot_date
), trade AS (
  SELECT
    judged.snapshot_date,
    SUM(paid_order_count) AS paid,
    SUM(anonymous_order_count) AS anonymous,
    SUM(identified_minor + unidentified_minor) AS sales,
    SUM(unidentified_minor) AS unknown
  FROM judged
  INNER JOIN fct_reconciliation AS ledger
    ON ledger.business_date <= judged.snapshot_date
    AND (
      CAST(judged.snapshot_date AS DATE) - CAST(ledger.business_date AS DATE)
    ) < :tier_days
  WHERE
    ledger.currency_code = :group_currency
  GROUP BY
    judged.snapshot_date
), final AS (
  SELECT
    customer_count,
    unproven_count,
    unproven_profit_minor,
    loss_maker_count,
    borderline_count,
    notice_count,
    CAST(CAST(unproven_count AS DOUBLE PRECISION) / NULLIF(customer_count, 0) AS DOUBLE PRECISION) AS unproven_ratio,
    CAST(CAST(loss_maker_count AS DOUBLE PRECISION) / NULLIF(customer_count, 0) AS DOUBLE PRECISION) AS loss_maker_ratio,
    CAST(CAST(borderline_count AS DOUBLE PRECISION) / NULLIF(customer_count, 0) AS DOUBLE PRECISION) AS borderline_ratio,
    CAST(CAST(notice_count AS DOUBLE PRECISION) / NULLIF(customer_count, 0) AS DOUBLE PRECISION) AS notice_ratio,
    CAST(CAST(anonymous AS DOUBLE PRECISION) / NULLIF(paid, 0) AS DOUBLE PRECISION) AS anonymous_order_ratio,
    CAST(CASE WHEN sales > 0 THEN CAST(unknown AS DOUBLE PRECISION) / NULLIF(sales, 0) END AS DOUBLE PRECISION) AS anonymous_net_sales_ratio,
    tier_move_count,
    CAST(CAST(tier_move_count AS DOUBLE PRECISION) / NULLIF(customer_count, 0) AS DOUBLE PRECISION) AS tier_move_ratio,
    tier_move_count > :max_move_share * customer_count AS is_move_alarm,
    year_move_count,
    flip_count,
    CAST(CAST(CAST(flip_count AS DOUBLE PRECISION) * :curve_days AS DOUBLE PRECISION) / NULLIF(watched_days, 0) AS DOUBLE PRECISION) AS flips_per_year,
    once_listed_count,
    false_kill_count,
    CAST(CAST(false_kill_count AS DOUBLE PRECISION) / NULLIF(once_listed_count, 0) AS DOUBLE PRECISION) AS false_kill_ratio,
    CAST(:group_currency AS TEXT) AS currency_code,
    judged.snapshot_date
  FROM judged
  INNER JOIN snap_tier_stability
    ON judged.snapshot_date = snap_tier_stability.snapshot_date
  INNER JOIN snap_false_kills
    ON judged.snapshot_date = snap_false_kills.snapshot_date
  LEFT JOIN trade
    ON judged.snapshot_date = trade.snapshot_date
)
SELECT
  *
FROM final
