-- include/sql/actions/act_offer_exceptions.sql, as postgres reads it; python -m regulars docs
WITH promised AS (
  SELECT
    *
  FROM act_choices
  WHERE
    is_by_hand
), above AS (
  SELECT
    'offer_above_ceiling' AS exception_code,
    customer_key,
    '' AS list_name,
    '' AS store_id,
    cost_minor AS measured_minor,
    allowed_minor AS limit_minor,
    currency_code
  FROM promised
  WHERE
    cost_minor > allowed_minor
), spent AS (
  SELECT
    store_id,
    list_name,
    SUM(cost_minor) AS cost_minor,
    MIN(currency_code) AS currency_code
  FROM promised
  GROUP BY
    store_id,
    list_name
), overrun AS (
  SELECT
    'budget_overrun' AS exception_code,
    '' AS customer_key,
    spent.list_name,
    spent.store_id,
    spent.cost_minor AS measured_minor,
    COALESCE(budgets.budget_minor, 0) AS limit_minor,
    spent.currency_code
  FROM spent
  LEFT JOIN ref_list_budgets AS budgets
    ON spent.store_id = budgets.store_id AND spent.list_name = budgets.list_name
  WHERE
    spent.cost_minor > COALESCE(budgets.budget_minor, 0)
), gathered AS (
  SELECT
    *
  FROM above
  UNION ALL
  SELECT
    *
  FROM overrun
), final AS (
  SELECT
    exception_code,
    customer_key,
    list_name,
    store_id,
    CAST(measured_minor AS BIGINT) AS measured_minor,
    CAST(limit_minor AS BIGINT) AS limit_minor,
    currency_code
  FROM gathered
)
SELECT
  *
FROM final
