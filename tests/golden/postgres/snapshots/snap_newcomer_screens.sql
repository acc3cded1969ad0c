-- include/sql/snapshots/snap_newcomer_screens.sql, as postgres reads it; python -m regulars docs
WITH newcomers AS (
  SELECT
    kinds.customer_key,
    kinds.snapshot_date,
    COALESCE(valued.visit_count, 0) AS visit_count,
    COALESCE(valued.curve_cm2_minor, 0) AS cm2_minor,
    COALESCE(valued.curve_profit_minor, 0) AS profit_minor,
    COALESCE(valued.is_specials_only, FALSE) AS is_specials_only,
    COALESCE(known.acquisition_source, 'unknown') AS acquisition_source,
    starts.basket_band || '|' || starts.price_band || '|' || starts.daypart AS way
  FROM int_customer_kinds AS kinds
  INNER JOIN int_customers AS known
    ON kinds.customer_key = known.customer_key
  LEFT JOIN snap_customer_values AS valued
    ON kinds.customer_key = valued.customer_key
    AND kinds.snapshot_date = valued.snapshot_date
  LEFT JOIN snap_newcomer_starts AS starts
    ON kinds.customer_key = starts.customer_key
    AND kinds.snapshot_date = starts.snapshot_date
  WHERE
    kinds.snapshot_date >= :first_date
    AND kinds.snapshot_date <= :last_date
    AND (
      valued.customer_key IS NULL
      OR (
        valued.visit_count <= :prospect_visits AND valued.age_days <= :prospect_days
      )
    )
), expected AS (
  SELECT
    newcomers.*,
    COALESCE(everybody.lesson_count, 0) >= :min_lessons AS is_taught,
    COALESCE(everybody.mean_cm2, 0) AS all_cm2,
    COALESCE(sources.credibility_ratio, 0) AS source_trust,
    COALESCE(sources.mean_cm2, 0) AS source_cm2,
    COALESCE(ways.credibility_ratio, 0) AS way_trust,
    COALESCE(ways.mean_cm2, 0) AS way_cm2
  FROM newcomers
  LEFT JOIN snap_newcomer_lessons AS everybody
    ON newcomers.snapshot_date = everybody.snapshot_date AND everybody.circle = 3
  LEFT JOIN snap_newcomer_lessons AS sources
    ON newcomers.snapshot_date = sources.snapshot_date
    AND sources.circle = 2
    AND newcomers.acquisition_source = sources.acquisition_source
  LEFT JOIN snap_newcomer_lessons AS ways
    ON newcomers.snapshot_date = ways.snapshot_date
    AND ways.circle = 1
    AND newcomers.acquisition_source = ways.acquisition_source
    AND newcomers.way = ways.way
), judged AS (
  SELECT
    *,
    CAST(FLOOR(
      CASE
        WHEN is_taught
        THEN way_trust * way_cm2 + (
          1 - way_trust
        ) * (
          source_trust * source_cm2 + (
            1 - source_trust
          ) * all_cm2
        )
        ELSE cm2_minor
      END
    ) AS BIGINT) AS expected_half_year_cm2_minor
  FROM expected
), final AS (
  SELECT
    customer_key,
    NOT is_specials_only
    AND profit_minor >= 0
    AND (
      expected_half_year_cm2_minor > 0 OR NOT is_taught
    ) AS is_screened_in,
    CASE
      WHEN is_specials_only
      THEN 'specials_only'
      WHEN profit_minor < 0
      THEN 'costs_so_far'
      WHEN NOT is_taught
      THEN 'nothing_learnt'
      WHEN expected_half_year_cm2_minor <= 0
      THEN 'expected_loss'
      ELSE 'expected_gain'
    END AS screen_reason_code,
    expected_half_year_cm2_minor,
    CAST(FLOOR(:probation_share * GREATEST(expected_half_year_cm2_minor, 0)) AS BIGINT) AS probation_offer_minor,
    snapshot_date
  FROM judged
)
SELECT
  *
FROM final
