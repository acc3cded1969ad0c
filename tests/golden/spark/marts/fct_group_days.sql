-- include/sql/marts/fct_group_days.sql, as spark reads it; python -m regulars docs
WITH rated AS (
  SELECT
    days.*,
    CASE
      WHEN days.currency_code = :group_currency
      THEN 1000000000
      ELSE rates.minor_rate_nano
    END AS minor_rate_nano
  FROM int_currency_days AS days
  LEFT JOIN stg_exchange_rates AS rates
    ON days.currency_code = rates.from_currency
    AND rates.to_currency = :group_currency
    AND days.business_date >= rates.valid_from
    AND days.business_date <= rates.valid_to
), final AS (
  SELECT
    CAST(:group_currency AS STRING) AS currency_code,
    CAST(COUNT(*) AS BIGINT) AS currency_count,
    CAST(SUM(order_count) AS BIGINT) AS order_count,
    CAST(SUM(
      CAST(SIGN(net_sales_minor) AS BIGINT) * (
        ABS(net_sales_minor) DIV 1000000000 * minor_rate_nano + (
          ABS(net_sales_minor) % 1000000000 * minor_rate_nano + 500000000
        ) DIV 1000000000
      )
    ) AS BIGINT) AS net_sales_minor,
    CAST(SUM(
      CAST(SIGN(cm1_minor) AS BIGINT) * (
        ABS(cm1_minor) DIV 1000000000 * minor_rate_nano + (
          ABS(cm1_minor) % 1000000000 * minor_rate_nano + 500000000
        ) DIV 1000000000
      )
    ) AS BIGINT) AS cm1_minor,
    CAST(SUM(
      CAST(SIGN(cm2_minor) AS BIGINT) * (
        ABS(cm2_minor) DIV 1000000000 * minor_rate_nano + (
          ABS(cm2_minor) % 1000000000 * minor_rate_nano + 500000000
        ) DIV 1000000000
      )
    ) AS BIGINT) AS cm2_minor,
    CAST(SUM(
      CAST(SIGN(cm3_minor) AS BIGINT) * (
        ABS(cm3_minor) DIV 1000000000 * minor_rate_nano + (
          ABS(cm3_minor) % 1000000000 * minor_rate_nano + 500000000
        ) DIV 1000000000
      )
    ) AS BIGINT) AS cm3_minor,
    CAST(SUM(
      CAST(SIGN(true_profit_minor) AS BIGINT) * (
        ABS(true_profit_minor) DIV 1000000000 * minor_rate_nano + (
          ABS(true_profit_minor) % 1000000000 * minor_rate_nano + 500000000
        ) DIV 1000000000
      )
    ) AS BIGINT) AS true_profit_minor,
    CAST(COUNT(*) FILTER(WHERE
      minor_rate_nano IS NULL) AS BIGINT) AS missing_rate_currency_count,
    CAST(COALESCE(SUM(order_count) FILTER(WHERE
      minor_rate_nano IS NULL), 0) AS BIGINT) AS missing_rate_order_count,
    COUNT(*) FILTER(WHERE
      minor_rate_nano IS NULL) = 0 AS is_complete,
    business_date
  FROM rated
  GROUP BY
    business_date
)
SELECT
  *
FROM final
