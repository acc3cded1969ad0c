-- include/sql/snapshots/snap_customer_habits.sql, as postgres reads it; python -m regulars docs
WITH told AS (
  SELECT
    valued.*,
    CAST(GREATEST(valued.curve_visit_count, 0) AS DOUBLE PRECISION) AS visits,
    CAST(valued.curve_order_count AS DOUBLE PRECISION) AS orders,
    COALESCE(sums.curve_dine_in_order_count, 0) AS dine_in_count,
    COALESCE(sums.curve_takeaway_order_count, 0) AS takeaway_count,
    COALESCE(sums.curve_platform_order_count, 0) AS platform_count,
    COALESCE(sums.curve_catering_order_count, 0) AS catering_count,
    COALESCE(sums.curve_party_count, 0) AS counted_party_count,
    COALESCE(sums.curve_covers, 0) AS seated_count,
    COALESCE(sums.curve_service_minutes_milli, 0) AS minutes_milli,
    COALESCE(sums.curve_refund_minor, 0) AS refunded_minor,
    COALESCE(sums.curve_contact_count, 0) AS received_count,
    COALESCE(sums.curve_used_offer_count, 0) AS used_count,
    COALESCE(sums.curve_net_sales_minor, 0) AS spent_minor,
    moods.rating_count,
    moods.satisfaction_milli,
    moods.complaint_count,
    moods.refund_ratio,
    cells.daypart
  FROM snap_customer_values AS valued
  INNER JOIN snap_customer_moods AS moods
    ON valued.customer_key = moods.customer_key
    AND valued.snapshot_date = moods.snapshot_date
  INNER JOIN snap_peer_cells AS cells
    ON valued.customer_key = cells.customer_key
    AND valued.snapshot_date = cells.snapshot_date
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
    daypart,
    curve_visit_count,
    active_month_count,
    age_days,
    silent_days,
    CAST(expected_gap_days AS DOUBLE PRECISION) AS expected_gap_days,
    CAST(overdue_ratio AS DOUBLE PRECISION) AS overdue_ratio,
    CAST(regularity_ratio AS DOUBLE PRECISION) AS regularity_ratio,
    CAST(credibility_ratio AS DOUBLE PRECISION) AS credibility_ratio,
    circle AS evidence_circle,
    doubt_code,
    is_big_proven,
    is_specials_only,
    CAST(effective_order_count AS DOUBLE PRECISION) AS effective_order_count,
    CAST(largest_order_ratio AS DOUBLE PRECISION) AS largest_order_ratio,
    CAST(discounted_order_ratio AS DOUBLE PRECISION) AS discounted_order_ratio,
    CAST(margin_ratio AS DOUBLE PRECISION) AS margin_ratio,
    CAST(COALESCE(CAST(dine_in_count AS DOUBLE PRECISION) / NULLIF(orders, 0), 0) AS DOUBLE PRECISION) AS dine_in_ratio,
    CAST(COALESCE(CAST(takeaway_count AS DOUBLE PRECISION) / NULLIF(orders, 0), 0) AS DOUBLE PRECISION) AS takeaway_ratio,
    CAST(COALESCE(CAST(platform_count AS DOUBLE PRECISION) / NULLIF(orders, 0), 0) AS DOUBLE PRECISION) AS platform_ratio,
    CAST(COALESCE(CAST(catering_count AS DOUBLE PRECISION) / NULLIF(orders, 0), 0) AS DOUBLE PRECISION) AS catering_ratio,
    CAST(CAST(seated_count AS DOUBLE PRECISION) / NULLIF(counted_party_count, 0) AS DOUBLE PRECISION) AS party_size,
    CAST(COALESCE(FLOOR(CAST(spent_minor AS DOUBLE PRECISION) / NULLIF(orders, 0)), 0) AS BIGINT) AS ticket_minor,
    CAST(COALESCE(FLOOR(CAST(minutes_milli AS DOUBLE PRECISION) / NULLIF(visits, 0)), 0) AS BIGINT) AS visit_minutes_milli,
    CAST(refunded_minor AS BIGINT) AS refund_minor,
    CAST(refund_ratio AS DOUBLE PRECISION) AS refund_ratio,
    complaint_count,
    rating_count,
    satisfaction_milli,
    CAST(received_count AS BIGINT) AS contact_count,
    CAST(used_count AS BIGINT) AS used_offer_count,
    CAST(:group_currency AS TEXT) AS currency_code,
    snapshot_date
  FROM told
)
SELECT
  *
FROM final
