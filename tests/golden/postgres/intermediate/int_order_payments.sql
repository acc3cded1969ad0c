-- include/sql/intermediate/int_order_payments.sql, as postgres reads it; python -m regulars docs
WITH sent AS (
  SELECT
    stg_payments.order_key,
    stg_payments.payment_id,
    stg_payments.tender,
    stg_payments.amount_minor,
    stg_payments.fee_minor,
    int_orders.store_id,
    int_orders.channel,
    int_orders.business_date,
    stg_payments.revision >= int_orders.revision AS is_of_closing,
    MAX(CASE WHEN stg_payments.revision >= int_orders.revision THEN 1 ELSE 0 END) OVER (PARTITION BY stg_payments.order_key) AS has_closing_payments
  FROM int_orders
  INNER JOIN stg_payments
    ON int_orders.store_id = stg_payments.store_id
    AND int_orders.order_id = stg_payments.order_id
  WHERE
    int_orders.business_date >= :first_date
    AND int_orders.business_date <= :last_date
    AND int_orders.is_paid
), paid AS (
  SELECT
    *
  FROM sent
  WHERE
    is_of_closing OR has_closing_payments = 0
), charged AS (
  SELECT
    paid.order_key,
    paid.amount_minor,
    paid.business_date,
    COALESCE(
      paid.fee_minor,
      CASE
        WHEN paid.tender = 'platform'
        THEN 0
        ELSE COALESCE(int_tender_rules.amount_minor, 0) + CAST(SIGN(paid.amount_minor) AS BIGINT) * CAST(CAST(DIV(
          (
            ABS(paid.amount_minor) * COALESCE(int_tender_rules.rate_bps, 0) + 5000
          ),
          10000
        ) AS BIGINT) AS BIGINT)
      END
    ) AS fee_minor
  FROM paid
  LEFT JOIN int_tender_rules
    ON paid.tender = int_tender_rules.tender
    AND paid.store_id = int_tender_rules.store_id
    AND paid.channel = int_tender_rules.channel
    AND paid.business_date = int_tender_rules.business_date
), summed AS (
  SELECT
    order_key,
    CAST(SUM(amount_minor) AS BIGINT) AS paid_minor,
    CAST(SUM(fee_minor) AS BIGINT) AS payment_fee_minor,
    business_date
  FROM charged
  GROUP BY
    order_key,
    business_date
)
SELECT
  *
FROM summed
