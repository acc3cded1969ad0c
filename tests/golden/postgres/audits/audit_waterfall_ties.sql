-- include/sql/audits/audit_waterfall_ties.sql, as postgres reads it; python -m regulars docs
WITH levels AS (
  SELECT
    scope,
    scope_id,
    step_code,
    currency_code,
    snapshot_date,
    level_minor
  FROM fct_profit_waterfalls
  WHERE
    is_subtotal
), customers AS (
  SELECT
    currency_code,
    snapshot_date,
    CAST(SUM(net_sales_minor) AS BIGINT) AS net_sales_minor,
    CAST(SUM(cm1_minor) AS BIGINT) AS cm1_minor,
    CAST(SUM(cm2_minor) AS BIGINT) AS cm2_minor,
    CAST(SUM(cm3_minor) AS BIGINT) AS cm3_minor,
    CAST(SUM(true_profit_minor) AS BIGINT) AS true_profit_minor
  FROM fct_customer_profits
  GROUP BY
    currency_code,
    snapshot_date
), expected AS (
  SELECT
    levels.*,
    CASE levels.step_code
      WHEN 'net_sales'
      THEN net_sales_minor
      WHEN 'cm1'
      THEN cm1_minor
      WHEN 'cm2'
      THEN cm2_minor
      WHEN 'cm3'
      THEN cm3_minor
      ELSE true_profit_minor
    END AS expected_minor
  FROM levels
  INNER JOIN customers
    ON levels.currency_code = customers.currency_code
    AND levels.snapshot_date = customers.snapshot_date
  WHERE
    levels.scope = 'group'
  UNION ALL
  SELECT
    levels.*,
    boards.true_profit_minor
  FROM fct_concentration AS boards
  INNER JOIN levels
    ON boards.scope = levels.scope
    AND boards.scope_id = levels.scope_id
    AND boards.currency_code = levels.currency_code
    AND boards.snapshot_date = levels.snapshot_date
    AND levels.step_code = 'true_profit'
), failures AS (
  SELECT
    *
  FROM expected
  WHERE
    level_minor <> expected_minor
)
SELECT
  *
FROM failures
