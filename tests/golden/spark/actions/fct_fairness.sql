-- include/sql/actions/fct_fairness.sql, as spark reads it; python -m regulars docs
WITH gates AS (
  SELECT
    measure,
    dimension
  FROM ref_fairness_gates
), weighed AS (
  SELECT
    tests.*,
    NOT gates.measure IS NULL AS is_gate,
    LEAST(
      2 * density * t * (
        CAST(0.319381530 AS DOUBLE) - t * (
          CAST(0.356563782 AS DOUBLE) - t * (
            CAST(1.781477937 AS DOUBLE) - t * (
              CAST(1.821255978 AS DOUBLE) - t * CAST(1.330274429 AS DOUBLE)
            )
          )
        )
      ),
      1
    ) AS p_value
  FROM act_group_tests AS tests
  LEFT JOIN gates
    ON tests.measure = gates.measure AND tests.dimension = gates.dimension
), judged AS (
  SELECT
    *,
    NOT is_large OR NOT is_best_large OR COALESCE(least_expected, 0) < 5 AS is_too_few
  FROM weighed
), families AS (
  SELECT
    GREATEST(COUNT(*), 1) AS comparison_count
  FROM judged
  WHERE
    is_gate AND NOT is_too_few AND group_id <> best_group_id
), adjusted AS (
  SELECT
    judged.*,
    LEAST(p_value * families.comparison_count, 1) AS adjusted_p_value
  FROM judged
  CROSS JOIN families
), final AS (
  SELECT
    list_name,
    measure,
    dimension,
    group_id,
    base_count,
    chosen_count,
    CAST(chosen_ratio AS DOUBLE) AS chosen_ratio,
    benefit_minor,
    best_group_id,
    CAST(COALESCE(impact_ratio, 1) AS DOUBLE) AS impact_ratio,
    CAST(p_value AS DOUBLE) AS p_value,
    CAST(adjusted_p_value AS DOUBLE) AS adjusted_p_value,
    CASE
      WHEN is_too_few
      THEN 'too_few'
      WHEN impact_ratio < :fair_min_ratio AND adjusted_p_value < :fair_max_p
      THEN 'uneven'
      ELSE 'even'
    END AS verdict,
    is_gate,
    CAST(:group_currency AS STRING) AS currency_code,
    CAST(:business_date AS DATE) AS business_date
  FROM adjusted
  WHERE
    :business_date >= :first_date AND :business_date <= :last_date
)
SELECT
  *
FROM final
