-- include/sql/snapshots/snap_customer_tiers.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    situations.customer_key,
    customer_kind,
    tier,
    tier_since_on,
    situations.big_since_on,
    is_borderline,
    downgrade_notice_on,
    segment,
    stage,
    list_name,
    COALESCE(last_store_id, home_store_id) AS store_id,
    COALESCE(main_store_id, home_store_id) AS main_store_id,
    visit_count,
    age_days,
    silent_days,
    expected_gap_days,
    overdue_ratio,
    active_month_count,
    tier_profit_minor,
    curve_profit_minor,
    curve_cm2_minor,
    curve_cm3_minor,
    visit_cm2_minor,
    value_minor,
    potential_minor,
    expected_value_minor,
    probation_offer_minor,
    active_ratio,
    return_ratio,
    expected_visits,
    visit_profit_high_minor,
    is_spend_falling,
    discounted_order_count,
    order_count,
    is_proven,
    is_specials_only,
    has_open_complaint,
    is_staff,
    CAST(:group_currency AS TEXT) AS currency_code,
    situations.snapshot_date
  FROM snap_customer_situations AS situations
  INNER JOIN snap_customer_segments AS segments
    ON situations.customer_key = segments.customer_key
    AND situations.snapshot_date = segments.snapshot_date
  INNER JOIN snap_customer_stages AS stages
    ON situations.customer_key = stages.customer_key
    AND situations.snapshot_date = stages.snapshot_date
  LEFT JOIN snap_customer_peers AS peers
    ON situations.customer_key = peers.customer_key
    AND situations.snapshot_date = peers.snapshot_date
    AND peers.currency_code = :group_currency
  WHERE
    situations.snapshot_date >= :first_date
    AND situations.snapshot_date <= :last_date
)
SELECT
  *
FROM final
