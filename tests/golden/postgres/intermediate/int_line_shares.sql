-- include/sql/intermediate/int_line_shares.sql, as postgres reads it; python -m regulars docs
WITH order_wide AS (
  SELECT
    adjusted.order_key,
    CAST(SUM(merchant_discount_minor) AS BIGINT) AS shared_discount_minor,
    CAST(SUM(adjusted.comp_minor) AS BIGINT) AS shared_comp_minor,
    CAST(SUM(refund_minor) AS BIGINT) AS shared_refund_minor
  FROM int_order_adjustments AS adjusted
  LEFT JOIN int_line_amounts
    ON adjusted.order_key = int_line_amounts.order_key
    AND adjusted.line_no = int_line_amounts.line_no
  WHERE
    (
      adjusted.line_no = 0 OR int_line_amounts.order_key IS NULL
    )
    AND adjusted.business_date >= :first_date
    AND adjusted.business_date <= :last_date
  GROUP BY
    adjusted.order_key
), weighed AS (
  SELECT
    int_line_amounts.*,
    COALESCE(order_wide.shared_discount_minor, 0) AS shared_discount_minor,
    COALESCE(order_wide.shared_comp_minor, 0) AS shared_comp_minor,
    COALESCE(order_wide.shared_refund_minor, 0) AS shared_refund_minor,
    GREATEST(gross_minor - line_discount_minor - own_comp_minor, 0) AS own_weight,
    CAST(ROW_NUMBER() OVER (PARTITION BY int_line_amounts.order_key ORDER BY line_no) AS BIGINT) AS line_rank
  FROM int_line_amounts
  LEFT JOIN order_wide
    ON int_line_amounts.order_key = order_wide.order_key
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), balanced AS (
  SELECT
    *,
    CASE
      WHEN SUM(own_weight) OVER (PARTITION BY order_key) > 0
      THEN own_weight
      WHEN line_rank = 1
      THEN 1
      ELSE 0
    END AS weight
  FROM weighed
), running AS (
  SELECT
    *,
    CAST(SUM(weight) OVER (PARTITION BY order_key) AS BIGINT) AS total_weight,
    CAST(COALESCE(
      SUM(weight) OVER (
        PARTITION BY order_key
        ORDER BY line_no
        rows BETWEEN UNBOUNDED preceding AND 1 preceding
      ),
      0
    ) AS BIGINT) AS weight_before
  FROM balanced
), shared AS (
  SELECT
    *,
    CAST(CAST(DIV(shared_discount_minor * (
      weight_before + weight
    ), total_weight) AS BIGINT) AS BIGINT) - CAST(CAST(DIV(shared_discount_minor * weight_before, total_weight) AS BIGINT) AS BIGINT) AS order_discount_minor,
    own_comp_minor + CAST(CAST(DIV(shared_comp_minor * (
      weight_before + weight
    ), total_weight) AS BIGINT) AS BIGINT) - CAST(CAST(DIV(shared_comp_minor * weight_before, total_weight) AS BIGINT) AS BIGINT) AS comp_minor,
    line_refund_minor + CAST(CAST(DIV(shared_refund_minor * (
      weight_before + weight
    ), total_weight) AS BIGINT) AS BIGINT) - CAST(CAST(DIV(shared_refund_minor * weight_before, total_weight) AS BIGINT) AS BIGINT) AS refund_minor
  FROM running
)
SELECT
  *
FROM shared
