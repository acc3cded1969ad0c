-- include/sql/actions/act_group_tests.sql, as postgres reads it; python -m regulars docs
WITH rated AS (
  SELECT
    *,
    CAST(chosen_count AS DOUBLE PRECISION) / NULLIF(base_count, 0) AS chosen_ratio,
    base_count >= :fair_min_group AS is_large
  FROM act_group_rates
), ranked AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY list_name, measure, dimension
      ORDER BY CASE WHEN is_large THEN 0 ELSE 1 END, CASE WHEN list_name = 'deprioritise' THEN chosen_ratio ELSE -chosen_ratio END, group_id
    ) AS turn
  FROM rated
), compared AS (
  SELECT
    ranked.*,
    best.group_id AS best_group_id,
    best.is_large AS is_best_large,
    best.base_count AS best_base_count,
    best.chosen_count AS best_chosen_count,
    best.chosen_ratio AS best_ratio,
    CAST(ranked.chosen_count + best.chosen_count AS DOUBLE PRECISION) / NULLIF(ranked.base_count + best.base_count, 0) AS pooled_ratio
  FROM ranked
  INNER JOIN ranked AS best
    ON ranked.list_name = best.list_name
    AND ranked.measure = best.measure
    AND ranked.dimension = best.dimension
    AND best.turn = 1
), tested AS (
  SELECT
    *,
    CAST(ABS(chosen_ratio - best_ratio) AS DOUBLE PRECISION) / NULLIF(
      SQRT(
        pooled_ratio * (
          1 - pooled_ratio
        ) * (
          CAST(1 AS DOUBLE PRECISION) / NULLIF(base_count, 0) + CAST(1 AS DOUBLE PRECISION) / NULLIF(best_base_count, 0)
        )
      ),
      0
    ) AS z,
    LEAST(base_count, best_base_count) * LEAST(pooled_ratio, 1 - pooled_ratio) AS least_expected
  FROM compared
), final AS (
  SELECT
    list_name,
    measure,
    dimension,
    group_id,
    base_count,
    chosen_count,
    benefit_minor,
    chosen_ratio,
    best_group_id,
    is_large,
    is_best_large,
    z,
    least_expected,
    CAST(LEAST(chosen_ratio, best_ratio) AS DOUBLE PRECISION) / NULLIF(GREATEST(chosen_ratio, best_ratio), 0) AS impact_ratio,
    CAST(1 AS DOUBLE PRECISION) / NULLIF(1 + CAST(0.2316419 AS DOUBLE PRECISION) * COALESCE(z, 0), 0) AS t,
    CAST(EXP(CAST(-COALESCE(z, 0) * COALESCE(z, 0) AS DOUBLE PRECISION) / 2) AS DOUBLE PRECISION) / SQRT(CAST(6.283185307179586 AS DOUBLE PRECISION)) AS density
  FROM tested
)
SELECT
  *
FROM final
