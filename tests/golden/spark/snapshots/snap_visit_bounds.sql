-- include/sql/snapshots/snap_visit_bounds.sql, as spark reads it; python -m regulars docs
WITH visits AS (
  SELECT
    members.customer_kind,
    members.brand,
    members.snapshot_date,
    days.customer_key,
    days.business_date,
    days.true_profit_minor,
    days.net_sales_minor
  FROM snap_cohort_members AS members
  INNER JOIN fct_customer_days AS days
    ON members.customer_key = days.customer_key
    AND days.business_date <= members.snapshot_date
    AND DATEDIFF(DAY, days.business_date, members.snapshot_date) < :curve_days
  WHERE
    days.visit_count > 0
    AND days.currency_code = :group_currency
    AND members.snapshot_date >= :first_date
    AND members.snapshot_date <= :last_date
), ranked AS (
  SELECT
    customer_kind,
    brand,
    snapshot_date,
    true_profit_minor,
    net_sales_minor,
    ROW_NUMBER() OVER (
      PARTITION BY customer_kind, brand, snapshot_date
      ORDER BY true_profit_minor NULLS LAST, customer_key NULLS LAST, business_date NULLS LAST
    ) AS profit_rank,
    ROW_NUMBER() OVER (
      PARTITION BY customer_kind, brand, snapshot_date
      ORDER BY net_sales_minor NULLS LAST, customer_key NULLS LAST, business_date NULLS LAST
    ) AS spend_rank,
    COUNT(*) OVER (PARTITION BY customer_kind, brand, snapshot_date) AS n
  FROM visits
), trimmed AS (
  SELECT
    *,
    n * :outlier_bps DIV 10000 AS cut_count
  FROM ranked
), final AS (
  SELECT
    customer_kind,
    brand,
    CAST(MIN(true_profit_minor) FILTER(WHERE
      profit_rank > cut_count) AS BIGINT) AS low_profit_minor,
    CAST(MAX(true_profit_minor) FILTER(WHERE
      profit_rank <= n - cut_count) AS BIGINT) AS high_profit_minor,
    CAST(MIN(net_sales_minor) FILTER(WHERE
      spend_rank > cut_count) AS BIGINT) AS low_spend_minor,
    CAST(MAX(net_sales_minor) FILTER(WHERE
      spend_rank <= n - cut_count) AS BIGINT) AS high_spend_minor,
    snapshot_date
  FROM trimmed
  GROUP BY
    customer_kind,
    brand,
    snapshot_date
)
SELECT
  *
FROM final
