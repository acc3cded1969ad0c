-- include/sql/snapshots/snap_board_sums.sql, as postgres reads it; python -m regulars docs
WITH curve AS (
  SELECT
    *,
    CAST(SUM(true_profit_minor) OVER (PARTITION BY scope, scope_id, currency_code, snapshot_date) AS BIGINT) AS total_minor,
    CAST(SUM(GREATEST(true_profit_minor, 0)) OVER (PARTITION BY scope, scope_id, currency_code, snapshot_date) AS BIGINT) AS gains_minor
  FROM fct_whale_curve
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), final AS (
  SELECT
    scope,
    scope_id,
    currency_code,
    snapshot_date,
    MAX(customer_count) AS customer_count,
    MAX(total_minor) AS total_minor,
    MAX(gains_minor) AS gains_minor,
    GREATEST(MAX(cumulative_profit_minor), 0) AS peak_minor,
    MIN(customer_rank) FILTER(WHERE
      cumulative_profit_minor * 5 >= total_minor * 4) AS k80_rank,
    CAST(COUNT(*) FILTER(WHERE
      true_profit_minor < 0) AS BIGINT) AS below_zero_count,
    CAST(SUM((
      customer_count + 1 - 2 * customer_rank
    ) * true_profit_minor) AS DOUBLE PRECISION) AS pair_sum,
    CAST(SUM(true_profit_minor) FILTER(WHERE
      customer_rank <= 1) AS BIGINT) AS top_1_minor,
    CAST(SUM(true_profit_minor) FILTER(WHERE
      customer_rank <= 5) AS BIGINT) AS top_5_minor,
    CAST(SUM(true_profit_minor) FILTER(WHERE
      customer_rank <= 10) AS BIGINT) AS top_10_minor,
    CAST(SUM(
      CAST(FLOOR(
        POWER(
          CAST(GREATEST(true_profit_minor, 0) AS DOUBLE PRECISION) / NULLIF(gains_minor, 0),
          2
        ) * 1000000000000
      ) AS BIGINT)
    ) AS DOUBLE PRECISION) / 1000000000000 AS herfindahl_index
  FROM curve
  GROUP BY
    scope,
    scope_id,
    currency_code,
    snapshot_date
)
SELECT
  *
FROM final
