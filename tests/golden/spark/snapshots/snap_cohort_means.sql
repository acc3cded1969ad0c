-- include/sql/snapshots/snap_cohort_means.sql, as spark reads it; python -m regulars docs
WITH trusted AS (
  SELECT
    *,
    CASE
      WHEN between_variance > 0 AND repeat_count > 0
      THEN LEAST(
        GREATEST(within_variance / NULLIF(between_variance, 0), CAST(0.1 AS DOUBLE)),
        :max_credibility_visits
      )
      ELSE CAST(:max_credibility_visits AS DOUBLE)
    END AS credibility_count
  FROM snap_credibilities
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), weighed AS (
  SELECT
    trusted.circle,
    trusted.customer_kind,
    trusted.brand,
    trusted.measure_code,
    trusted.snapshot_date,
    SUM(
      CAST(FLOOR(1000000 * measures.n / NULLIF(measures.n + credibility_count, 0)) AS BIGINT)
    ) AS weight_micro,
    SUM(
      CAST(FLOOR(1000 * measures.total / NULLIF(measures.n + credibility_count, 0)) AS BIGINT)
    ) AS weighed_milli
  FROM snap_customer_measures AS measures
  INNER JOIN trusted
    ON measures.measure_code = trusted.measure_code
    AND measures.snapshot_date = trusted.snapshot_date
    AND trusted.customer_kind = CASE WHEN trusted.circle = 'group' THEN '' ELSE measures.customer_kind END
    AND trusted.brand = CASE WHEN trusted.circle = 'brand' THEN measures.brand ELSE '' END
  GROUP BY
    trusted.circle,
    trusted.customer_kind,
    trusted.brand,
    trusted.measure_code,
    trusted.snapshot_date
), final AS (
  SELECT
    trusted.circle,
    trusted.circle_rank,
    trusted.customer_kind,
    trusted.brand,
    trusted.measure_code,
    trusted.customer_count,
    trusted.repeat_count,
    COALESCE(
      CAST(weighed.weighed_milli AS DOUBLE) * 1000 / NULLIF(weighed.weight_micro, 0),
      trusted.plain_mean
    ) AS mean,
    trusted.within_variance,
    trusted.credibility_count,
    trusted.relative_variance,
    trusted.snapshot_date
  FROM trusted
  INNER JOIN weighed
    ON trusted.circle = weighed.circle
    AND trusted.customer_kind = weighed.customer_kind
    AND trusted.brand = weighed.brand
    AND trusted.measure_code = weighed.measure_code
    AND trusted.snapshot_date = weighed.snapshot_date
)
SELECT
  *
FROM final
