-- include/sql/intermediate/int_customer_kinds.sql, as postgres reads it; python -m regulars docs
WITH known AS (
  SELECT
    int_customers.customer_key,
    int_customers.stated_kind,
    ref_snapshot_dates.snapshot_date
  FROM int_customers
  INNER JOIN ref_snapshot_dates
    ON int_customers.known_since_on <= ref_snapshot_dates.snapshot_date
  WHERE
    ref_snapshot_dates.snapshot_date >= :first_date
    AND ref_snapshot_dates.snapshot_date <= :last_date
), decided AS (
  SELECT
    customer_key,
    snapshot_date,
    customer_kind
  FROM (
    SELECT
      known.customer_key,
      known.snapshot_date,
      overrides.customer_kind,
      ROW_NUMBER() OVER (
        PARTITION BY known.customer_key, known.snapshot_date
        ORDER BY overrides.decided_on DESC NULLS LAST, overrides.override_id
      ) AS _w
    FROM stg_customer_overrides AS overrides
    LEFT JOIN ops_identity_map
      ON overrides.customer_key = ops_identity_map.node_key
    INNER JOIN known
      ON COALESCE(ops_identity_map.customer_key, overrides.customer_key) = known.customer_key
      AND overrides.decided_on <= known.snapshot_date
      AND COALESCE(overrides.valid_to, known.snapshot_date) >= known.snapshot_date
    WHERE
      overrides.override_kind = 'customer_kind' AND NOT overrides.customer_kind IS NULL
  ) AS _t
  WHERE
    _w = 1
), judged AS (
  SELECT
    known.*,
    decided.customer_kind AS decided_kind,
    CASE WHEN known.stated_kind <> 'consumer' THEN known.stated_kind END AS special_kind,
    COALESCE(confidences.confidence_pico, 0) AS confidence_pico,
    confidences.business_signs
  FROM known
  LEFT JOIN decided
    ON known.customer_key = decided.customer_key
    AND known.snapshot_date = decided.snapshot_date
  LEFT JOIN int_business_confidences AS confidences
    ON known.customer_key = confidences.customer_key
    AND known.snapshot_date = confidences.snapshot_date
), final AS (
  SELECT
    customer_key,
    CASE
      WHEN NOT decided_kind IS NULL
      THEN decided_kind
      WHEN NOT special_kind IS NULL
      THEN special_kind
      WHEN confidence_pico >= :business_confidence_pico
      THEN 'business'
      ELSE 'consumer'
    END AS customer_kind,
    CASE
      WHEN NOT decided_kind IS NULL
      THEN 'override'
      WHEN NOT special_kind IS NULL
      THEN 'stated'
      WHEN confidence_pico >= :business_confidence_pico
      THEN 'detected'
      WHEN NOT stated_kind IS NULL
      THEN 'stated'
      ELSE 'default'
    END AS kind_source,
    CAST(confidence_pico AS DOUBLE PRECISION) / 1000000000000 AS kind_confidence_ratio,
    business_signs,
    snapshot_date
  FROM judged
)
SELECT
  *
FROM final
