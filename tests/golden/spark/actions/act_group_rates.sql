-- include/sql/actions/act_group_rates.sql, as spark reads it; python -m regulars docs
WITH lists AS (
  SELECT
    'reward' AS list_name
  UNION ALL
  SELECT
    'incentivise'
  UNION ALL
  SELECT
    'activate'
  UNION ALL
  SELECT
    'deprioritise'
), listed AS (
  SELECT
    lists.list_name,
    'listed' AS measure,
    dimension,
    group_id,
    COUNT(*) AS base_count,
    COUNT(*) FILTER(WHERE
      grouped.list_name = lists.list_name) AS chosen_count,
    0 AS benefit_minor
  FROM act_groups AS grouped
  CROSS JOIN lists
  GROUP BY
    lists.list_name,
    dimension,
    group_id
), acted AS (
  SELECT
    list_name,
    'acted' AS measure,
    dimension,
    group_id,
    COUNT(*) AS base_count,
    COUNT(*) FILTER(WHERE
      is_acted) AS chosen_count,
    SUM(benefit_minor) AS benefit_minor
  FROM act_groups
  WHERE
    is_reachable
  GROUP BY
    list_name,
    dimension,
    group_id
), benefit AS (
  SELECT
    list_name,
    'benefit' AS measure,
    dimension,
    group_id,
    COUNT(*) AS base_count,
    COUNT(*) FILTER(WHERE
      benefit_minor > 0) AS chosen_count,
    SUM(benefit_minor) AS benefit_minor
  FROM act_groups
  WHERE
    is_reachable AND is_acted
  GROUP BY
    list_name,
    dimension,
    group_id
), gathered AS (
  SELECT
    *
  FROM listed
  UNION ALL
  SELECT
    *
  FROM acted
  UNION ALL
  SELECT
    *
  FROM benefit
), final AS (
  SELECT
    list_name,
    measure,
    dimension,
    group_id,
    CAST(base_count AS BIGINT) AS base_count,
    CAST(chosen_count AS BIGINT) AS chosen_count,
    CAST(benefit_minor AS BIGINT) AS benefit_minor
  FROM gathered
  WHERE
    NOT group_id IS NULL AND group_id <> ''
)
SELECT
  *
FROM final
