-- include/sql/actions/fct_service_recoveries.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    tiers.customer_key,
    tiers.customer_kind,
    tiers.store_id,
    tiers.tier,
    tiers.stage,
    CAST(MIN(complaints.complained_on) AS DATE) AS complained_on,
    CAST(MAX((
      CAST(tiers.snapshot_date AS DATE) - CAST(complaints.complained_on AS DATE)
    )) AS BIGINT) AS open_days,
    CAST(COUNT(*) AS BIGINT) AS open_complaint_count,
    tiers.visit_count,
    tiers.silent_days,
    tiers.tier_profit_minor,
    tiers.currency_code,
    tiers.snapshot_date AS business_date
  FROM snap_customer_tiers AS tiers
  INNER JOIN int_complaints AS complaints
    ON tiers.customer_key = complaints.customer_key
    AND complaints.complained_on <= tiers.snapshot_date
  WHERE
    NOT tiers.is_staff
    AND tiers.snapshot_date >= :first_date
    AND tiers.snapshot_date <= :last_date
  GROUP BY
    tiers.customer_key,
    tiers.customer_kind,
    tiers.store_id,
    tiers.tier,
    tiers.stage,
    tiers.visit_count,
    tiers.silent_days,
    tiers.tier_profit_minor,
    tiers.currency_code,
    tiers.snapshot_date
)
SELECT
  *
FROM final
