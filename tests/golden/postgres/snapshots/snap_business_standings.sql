-- include/sql/snapshots/snap_business_standings.sql, as postgres reads it; python -m regulars docs
WITH known AS (
  SELECT
    customer_key,
    snapshot_date
  FROM int_customer_kinds
  WHERE
    customer_kind = 'business'
    AND snapshot_date >= :first_date
    AND snapshot_date <= :last_date
), modes AS (
  SELECT
    accounts.customer_key,
    MIN(stg_accounts.buying_mode) AS stated_mode
  FROM int_account_customers AS accounts
  INNER JOIN stg_accounts
    ON accounts.account_id = stg_accounts.account_id
  GROUP BY
    accounts.customer_key
), halves AS (
  SELECT
    known.customer_key,
    known.snapshot_date,
    CAST(COALESCE(
      SUM(true_profit_minor) FILTER(WHERE
        (
          CAST(known.snapshot_date AS DATE) - CAST(business_date AS DATE)
        ) < :tier_days),
      0
    ) AS DOUBLE PRECISION) AS late_profit,
    CAST(COALESCE(
      SUM(true_profit_minor) FILTER(WHERE
        (
          CAST(known.snapshot_date AS DATE) - CAST(business_date AS DATE)
        ) >= :tier_days),
      0
    ) AS DOUBLE PRECISION) AS early_profit
  FROM known
  INNER JOIN fct_customer_days AS days
    ON known.customer_key = days.customer_key
    AND days.business_date <= known.snapshot_date
    AND (
      CAST(known.snapshot_date AS DATE) - CAST(days.business_date AS DATE)
    ) < 2 * :tier_days
  WHERE
    days.currency_code = :group_currency
  GROUP BY
    known.customer_key,
    known.snapshot_date
), final AS (
  SELECT
    known.customer_key,
    CAST(COALESCE(delays.payment_delay_days, 0) AS DOUBLE PRECISION) AS payment_delay_days,
    COALESCE(CAST(orders.failed_count AS DOUBLE PRECISION) / NULLIF(orders.asked_count, 0), 0) AS cancelled_ratio,
    COALESCE(
      modes.stated_mode,
      CASE WHEN orders.store_count > 1 AND orders.orderer_count > 1 THEN 'scattered' END,
      'central'
    ) = 'central' AS is_central_buyer,
    COALESCE(
      CAST((
        late_profit - early_profit
      ) AS DOUBLE PRECISION) / NULLIF(ABS(late_profit) + ABS(early_profit), 0),
      0
    ) AS trend_ratio,
    COALESCE(shares.dependence_ratio, 0) AS dependence_ratio,
    known.snapshot_date
  FROM known
  LEFT JOIN snap_business_orders AS orders
    ON known.customer_key = orders.customer_key
    AND known.snapshot_date = orders.snapshot_date
  LEFT JOIN modes
    ON known.customer_key = modes.customer_key
  LEFT JOIN snap_business_payments AS delays
    ON known.customer_key = delays.customer_key
    AND known.snapshot_date = delays.snapshot_date
  LEFT JOIN halves
    ON known.customer_key = halves.customer_key
    AND known.snapshot_date = halves.snapshot_date
  LEFT JOIN snap_business_shares AS shares
    ON known.customer_key = shares.customer_key
    AND known.snapshot_date = shares.snapshot_date
)
SELECT
  *
FROM final
