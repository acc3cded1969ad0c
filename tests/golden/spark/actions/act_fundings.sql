-- include/sql/actions/act_fundings.sql, as spark reads it; python -m regulars docs
WITH bids AS (
  SELECT
    *
  FROM act_bids
  WHERE
    NOT paid_rung IS NULL AND NOT is_held_out
), by_hand AS (
  SELECT
    store_id,
    list_name,
    SUM(cost_minor) AS cost_minor
  FROM bids
  WHERE
    is_by_hand
  GROUP BY
    store_id,
    list_name
), budgets AS (
  SELECT
    budgets.store_id,
    budgets.list_name,
    GREATEST(budgets.budget_minor - COALESCE(by_hand.cost_minor, 0), 0) AS budget_minor,
    budgets.test_budget_minor
  FROM ref_list_budgets AS budgets
  LEFT JOIN by_hand
    ON budgets.store_id = by_hand.store_id AND budgets.list_name = by_hand.list_name
), queued AS (
  SELECT
    customer_key,
    store_id,
    list_name,
    is_test,
    cost_minor,
    SUM(cost_minor) OVER (
      PARTITION BY store_id, list_name, is_test
      ORDER BY CAST(gain_minor AS DOUBLE) / NULLIF(cost_minor, 0) DESC, customer_key NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS spent_minor
  FROM bids
  WHERE
    NOT is_by_hand
), tested AS (
  SELECT
    queued.customer_key,
    queued.store_id,
    queued.list_name,
    queued.cost_minor
  FROM queued
  INNER JOIN budgets
    ON queued.store_id = budgets.store_id AND queued.list_name = budgets.list_name
  WHERE
    queued.is_test
    AND queued.spent_minor <= LEAST(budgets.test_budget_minor, budgets.budget_minor)
), test_spent AS (
  SELECT
    store_id,
    list_name,
    SUM(cost_minor) AS cost_minor
  FROM tested
  GROUP BY
    store_id,
    list_name
), proven AS (
  SELECT
    queued.customer_key
  FROM queued
  INNER JOIN budgets
    ON queued.store_id = budgets.store_id AND queued.list_name = budgets.list_name
  LEFT JOIN test_spent
    ON queued.store_id = test_spent.store_id AND queued.list_name = test_spent.list_name
  WHERE
    NOT queued.is_test
    AND queued.spent_minor <= budgets.budget_minor - COALESCE(test_spent.cost_minor, 0)
), final AS (
  SELECT
    customer_key
  FROM tested
  UNION ALL
  SELECT
    customer_key
  FROM proven
  UNION ALL
  SELECT
    customer_key
  FROM bids
  WHERE
    is_by_hand
)
SELECT
  *
FROM final
