-- include/sql/audits/audit_budget_kept.sql, as spark reads it; python -m regulars docs
WITH spent AS (
  SELECT
    store_id,
    list_name,
    CAST(SUM(cost_minor) AS BIGINT) AS cost_minor
  FROM fct_actions
  WHERE
    business_date = :business_date AND NOT is_withheld
  GROUP BY
    store_id,
    list_name
), failures AS (
  SELECT
    spent.store_id,
    spent.list_name,
    spent.cost_minor,
    COALESCE(budgets.budget_minor, 0) AS budget_minor
  FROM spent
  LEFT JOIN ref_list_budgets AS budgets
    ON spent.store_id = budgets.store_id AND spent.list_name = budgets.list_name
  WHERE
    spent.cost_minor > COALESCE(budgets.budget_minor, 0)
)
SELECT
  *
FROM failures
