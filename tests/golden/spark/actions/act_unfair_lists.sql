-- include/sql/actions/act_unfair_lists.sql, as spark reads it; python -m regulars docs
WITH uneven AS (
  SELECT
    list_name,
    MIN(impact_ratio) AS measured_ratio
  FROM fct_fairness
  WHERE
    business_date = :business_date AND is_gate AND verdict = 'uneven'
  GROUP BY
    list_name
), filled AS (
  SELECT DISTINCT
    list_name
  FROM act_choices
), final AS (
  SELECT
    'unfair_list' AS exception_code,
    uneven.list_name,
    uneven.measured_ratio,
    CAST(:fair_min_ratio AS DOUBLE) AS limit_ratio
  FROM uneven
  INNER JOIN filled
    ON uneven.list_name = filled.list_name
)
SELECT
  *
FROM final
