-- include/sql/snapshots/fct_concentration.sql, as postgres reads it; python -m regulars docs
WITH shared AS (
  SELECT
    *,
    CASE WHEN total_minor > 0 THEN CAST(total_minor AS DOUBLE PRECISION) END AS whole
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
    CAST(CAST(peak_minor AS DOUBLE PRECISION) / NULLIF(whole, 0) AS DOUBLE PRECISION) AS peak_ratio,
    CAST(peak_minor - total_minor AS BIGINT) AS erosion_minor,
    CAST(CAST((
      peak_minor - total_minor
    ) AS DOUBLE PRECISION) / NULLIF(whole, 0) AS DOUBLE PRECISION) AS erosion_ratio,
    CAST(CASE WHEN total_minor > 0 THEN k80_rank END AS BIGINT) AS k80_count,
    CAST(CASE
      WHEN total_minor > 0
      THEN CAST(k80_rank AS DOUBLE PRECISION) / NULLIF(customer_count, 0)
    END AS DOUBLE PRECISION) AS k80_ratio,
    CAST(below_zero_count AS BIGINT) AS below_zero_count,
    CAST(CAST(below_zero_count AS DOUBLE PRECISION) / NULLIF(customer_count, 0) AS DOUBLE PRECISION) AS below_zero_ratio,
    CAST(CAST(pair_sum AS DOUBLE PRECISION) / NULLIF(
      CAST(customer_count - 1 AS DOUBLE PRECISION) * (
        2 * gains_minor - total_minor
      ),
      0
    ) AS DOUBLE PRECISION) AS gini_ratio,
    CAST(herfindahl_index AS DOUBLE PRECISION) AS herfindahl_index,
    CAST(CAST(1 AS DOUBLE PRECISION) / NULLIF(herfindahl_index, 0) AS DOUBLE PRECISION) AS effective_customer_count,
    top_1_minor,
    CAST(CAST(top_1_minor AS DOUBLE PRECISION) / NULLIF(whole, 0) AS DOUBLE PRECISION) AS top_1_ratio,
    top_5_minor,
    CAST(CAST(top_5_minor AS DOUBLE PRECISION) / NULLIF(whole, 0) AS DOUBLE PRECISION) AS top_5_ratio,
    top_10_minor,
    CAST(CAST(top_10_minor AS DOUBLE PRECISION) / NULLIF(whole, 0) AS DOUBLE PRECISION) AS top_10_ratio,
    CAST(total_minor - top_5_minor AS BIGINT) AS without_top_5_minor,
    snapshot_date
  FROM shared
)
SELECT
  *
FROM final
