-- include/sql/marts/fct_settlement_gaps.sql, as spark reads it; python -m regulars docs
WITH final AS (
  SELECT
    store_id,
    platform,
    currency_code,
    CAST(COUNT(*) AS BIGINT) AS order_count,
    CAST(SUM(net_sales_minor) AS BIGINT) AS net_sales_minor,
    CAST(SUM(channel_cost_minor) AS BIGINT) AS channel_cost_minor,
    CAST(SUM(channel_rule_minor) AS BIGINT) AS channel_rule_minor,
    CAST(SUM(settlement_gap_minor) AS BIGINT) AS settlement_gap_minor,
    CAST(MIN(settlement_gap_minor) AS BIGINT) AS lowest_gap_minor,
    CAST(MAX(settlement_gap_minor) AS BIGINT) AS highest_gap_minor,
    business_date
  FROM fct_orders
  WHERE
    is_settled AND business_date >= :first_date AND business_date <= :last_date
  GROUP BY
    store_id,
    platform,
    currency_code,
    business_date
)
SELECT
  *
FROM final
