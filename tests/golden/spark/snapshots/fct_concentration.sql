-- include/sql/snapshots/fct_concentration.sql, as spark reads it; python -m regulars docs
WITH shared AS (
  SELECT
    *,
    CASE WHEN total_minor > 0 THEN CAST(total_minor AS DOUBLE) END AS whole
  FROM snap_board_sums
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), final AS (
  SELECT
    scope,
    scope_id,
    currency_code,
    CAST(customer_count AS BIGINT) AS customer_count,
    CAST(total_minor AS BIGINT) AS true_profit_minor,
    CAST(gains_minor AS BIGINT) AS gains_minor,
    CAST(peak_minor AS BIGINT) AS peak_minor,
    CAST(peak_minor / NULLIF(whole, 0) AS DOUBLE) AS peak_ratio,
    CAST(peak_minor - total_minor AS BIGINT) AS erosion_minor,
    CAST((
      peak_minor - total_minor
    ) / NULLIF(whole, 0) AS DOUBLE) AS erosion_ratio,
    CAST(CASE WHEN total_minor > 0 THEN k80_rank END AS BIGINT) AS k80_count,
    CAST(CASE
      WHEN total_minor > 0
      THEN CAST(k80_rank AS DOUBLE) / NULLIF(customer_count, 0)
    END AS DOUBLE) AS k80_ratio,
    CAST(below_zero_count AS BIGINT) AS below_zero_count,
    CAST(CAST(below_zero_count AS DOUBLE) / NULLIF(customer_count, 0) AS DOUBLE) AS below_zero_ratio,
    CAST(pair_sum / NULLIF(CAST(customer_count - 1 AS DOUBLE) * (
      2 * gains_minor - total_minor
    ), 0) AS DOUBLE) AS gini_ratio,
    CAST(herfindahl_index AS DOUBLE) AS herfindahl_index,
    CAST(1 / NULLIF(herfindahl_index, 0) AS DOUBLE) AS effective_customer_count,
    top_1_minor,
    CAST(top_1_minor / NULLIF(whole, 0) AS DOUBLE) AS top_1_ratio,
    top_5_minor,
    CAST(top_5_minor / NULLIF(whole, 0) AS DOUBLE) AS top_5_ratio,
    top_10_minor,
    CAST(top_10_minor / NULLIF(whole, 0) AS DOUBLE) AS top_10_ratio,
    CAST(total_minor - top_5_minor AS BIGINT) AS without_top_5_minor,
    snapshot_date
  FROM shared
)
SELECT
  *
FROM final
