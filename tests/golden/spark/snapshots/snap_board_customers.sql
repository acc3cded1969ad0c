-- include/sql/snapshots/snap_board_customers.sql, as spark reads it; python -m regulars docs
WITH profits AS (
  SELECT
    customer_key,
    currency_code,
    true_profit_minor,
    food_cost_minor,
    packaging_cost_minor,
    channel_cost_minor,
    payment_fee_minor,
    incentive_cost_minor,
    contact_cost_minor,
    service_cost_minor,
    complaint_cost_minor,
    acquisition_cost_minor,
    credit_cost_minor,
    snapshot_date
  FROM fct_customer_profits
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), of_group AS (
  SELECT
    'group' AS scope,
    'all' AS scope_id,
    profits.*
  FROM profits
), of_kind AS (
  SELECT
    'kind' AS scope,
    peers.board_kind AS scope_id,
    profits.*
  FROM profits
  INNER JOIN snap_customer_peers AS peers
    ON profits.customer_key = peers.customer_key
    AND profits.currency_code = peers.currency_code
    AND profits.snapshot_date = peers.snapshot_date
), of_store AS (
  SELECT
    'store' AS scope,
    store_id AS scope_id,
    customer_key,
    currency_code,
    true_profit_minor,
    food_cost_minor,
    packaging_cost_minor,
    channel_cost_minor,
    payment_fee_minor,
    incentive_cost_minor,
    contact_cost_minor,
    service_cost_minor,
    complaint_cost_minor,
    acquisition_cost_minor,
    credit_cost_minor,
    snapshot_date
  FROM snap_store_customers
  WHERE
    customer_key <> ''
    AND snapshot_date >= :first_date
    AND snapshot_date <= :last_date
), boards AS (
  SELECT
    *
  FROM of_group
  UNION ALL
  SELECT
    *
  FROM of_kind
  UNION ALL
  SELECT
    *
  FROM of_store
)
SELECT
  *
FROM boards
